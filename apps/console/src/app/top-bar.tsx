import { languageNames, languages } from '@tutela/language';
import { Badge, Button, Select } from '../design/index.js';
import { OwnTime } from '../wellness/own-time.js';
import { useLive } from './live.js';
import { useSession } from './session.js';
import { type Theme, themes } from './theme.js';
import { useTongue } from './tongue.js';

export interface TopBarProps {
  readonly theme: readonly [Theme, (theme: Theme) => void];
  readonly onPerson: () => void;
  readonly onJump: () => void;
  readonly onKeys: () => void;
}

const tones = { connecting: 'waiting', live: 'accent', lost: 'alarm' } as const;

/** Who sits here, whether the page is live, and how it looks and speaks. */
export const TopBar = ({ theme: [theme, setTheme], onPerson, onJump, onKeys }: TopBarProps) => {
  const { say, language, choose } = useTongue();
  const { person } = useSession();
  const { connection, status } = useLive();
  return (
    <header className="top-bar">
      <p className="brand">Tutela</p>
      {status?.kind === 'demonstration' && <Badge tone="waiting">{say('common.demonstration.badge')}</Badge>}
      <Button kind="quiet" onPress={onJump} keyHint="Ctrl K">
        {say('common.keys.jump')}
      </Button>
      <span className="stretch" />
      <OwnTime />
      <span role="status">
        <Badge tone={tones[connection]}>{say(`common.connection.${connection}`)}</Badge>
      </span>
      <Button kind="quiet" onPress={onPerson}>
        {person === null ? say('common.person.ask') : say('common.person.is', { person })}
      </Button>
      <Select
        label={say('common.language')}
        labelPlace="hidden"
        value={language}
        onChange={choose}
        options={languages.map((value) => ({ value, label: languageNames[value] }))}
      />
      <Select
        label={say('common.theme')}
        labelPlace="hidden"
        value={theme}
        onChange={setTheme}
        options={themes.map((value) => ({ value, label: say(`common.theme.${value}`) }))}
      />
      <Button kind="quiet" onPress={onKeys} label={say('common.keys.help')} keyHint="?">
        {say('common.keys.short')}
      </Button>
    </header>
  );
};
