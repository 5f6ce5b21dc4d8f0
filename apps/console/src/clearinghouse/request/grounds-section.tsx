import { useTongue } from '../../app/tongue.js';
import { Field, MomentField, Section, Select } from '../../design/index.js';
import type { SectionProps } from './compose-form.js';
import type { RequestDraft } from './request-draft.js';

const lines = [
  ['instrument', 'legal-basis'],
  ['article', 'article'],
  ['offence', 'offence'],
  ['penalty', 'penalty'],
] as const;
const prose = ['facts', 'necessity', 'proportionality'] as const;

/** On what it rests and why it is needed; free text stays in the words of who writes it. */
export const GroundsSection = ({ draft, change }: SectionProps) => {
  const { say } = useTongue();
  return (
    <Section title={say('clearinghouse.compose.grounds')} about={say('clearinghouse.compose.grounds-about')}>
      {lines.map(([name, label]) => (
        <Field
          key={name}
          label={say(`clearinghouse.request.label.${label}`)}
          value={draft[name]}
          onChange={(text) => change({ [name]: text })}
          need={name === 'article' ? 'optional' : 'required'}
          maxLength={500}
        />
      ))}
      <Field
        label={say('clearinghouse.compose.offence-text')}
        value={draft.offenceText}
        onChange={(offenceText) => change({ offenceText })}
        need="required"
        rows={2}
      />
      {prose.map((name) => (
        <Field
          key={name}
          label={say(`clearinghouse.request.label.${name}`)}
          value={draft[name]}
          onChange={(text) => change({ [name]: text })}
          need="required"
          rows={3}
          maxLength={20_000}
        />
      ))}
      <Select
        label={say('clearinghouse.request.label.urgency')}
        value={draft.urgency}
        onChange={(urgency) => change({ urgency })}
        options={(['normal', 'urgent', 'emergency'] as const satisfies RequestDraft['urgency'][]).map((value) => ({
          value,
          label: say(`clearinghouse.request.urgency.${value}`),
        }))}
      />
      {draft.urgency !== 'normal' && (
        <Field
          label={say('clearinghouse.request.label.ground')}
          value={draft.ground}
          onChange={(ground) => change({ ground })}
          rows={2}
        />
      )}
      <MomentField
        label={say('clearinghouse.compose.reply-until')}
        value={draft.deadline}
        onChange={(deadline) => change({ deadline })}
      />
      <Select
        label={say('clearinghouse.compose.notice')}
        value={draft.notice}
        onChange={(notice) => change({ notice })}
        options={(['withhold', 'allowed'] as const).map((value) => ({
          value,
          label: say(`clearinghouse.compose.notice.${value}`),
        }))}
      />
    </Section>
  );
};
