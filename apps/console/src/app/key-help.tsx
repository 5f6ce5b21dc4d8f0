import { DataTable, Dialog, Select } from '../design/index.js';
import { keyChoices, useKeyChoice } from './key-choice.js';
import { useKeyList } from './keys.js';
import { useTongue } from './tongue.js';

/** Every key that works on this screen, and whether any does without Ctrl. */
export const KeyHelp = ({ onClose }: { readonly onClose: () => void }) => {
  const { say } = useTongue();
  const keys = useKeyList();
  const [choice, choose] = useKeyChoice();
  return (
    <Dialog title={say('common.keys.help')} onClose={onClose}>
      <Select
        label={say('common.keys.single')}
        value={choice}
        onChange={choose}
        options={keyChoices.map((value) => ({ value, label: say(`common.keys.single.${value}`) }))}
      />
      <DataTable
        caption={say('common.keys.about')}
        rows={keys}
        rowKey={({ keys: one, label }) => `${one} ${label}`}
        columns={[
          {
            id: 'keys',
            header: say('common.keys.key'),
            cell: (row) => row.keys.split(' ').map((key) => <kbd key={key}>{key.replace('Mod+', 'Ctrl ')}</kbd>),
          },
          { id: 'what', header: say('common.keys.what'), cell: (row) => say(row.label) },
        ]}
      />
    </Dialog>
  );
};
