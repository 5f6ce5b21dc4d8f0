import type { RequestTarget } from '@tutela/clearinghouse-desk/api';
import { useTongue } from '../../app/tongue.js';
import { Choices, Field, Section } from '../../design/index.js';
import type { SectionProps } from './compose-form.js';
import { dataClasses } from './request-draft.js';

/** Of which accounts and addresses what is asked, and for how long it is to be kept. */
export const AskedSection = ({
  draft,
  change,
  offered,
}: SectionProps & { readonly offered: readonly RequestTarget[] }) => {
  const { say, moment } = useTongue();
  const worded = ({ type, value, port, from, service }: RequestTarget): string =>
    [`${type} ${value}`, port, from && moment(from), service].filter((part) => part !== undefined).join(' · ');
  const preserves = draft.kind !== 'mla' && draft.kind !== 'epoc';
  return (
    <Section title={say('clearinghouse.compose.asked')} about={say('clearinghouse.compose.asked-about')}>
      {offered.length > 0 && (
        <Choices
          label={say('clearinghouse.request.section.targets')}
          values={draft.targets.map((one) => JSON.stringify(one))}
          onChange={(kept) => change({ targets: offered.filter((one) => kept.includes(JSON.stringify(one))) })}
          options={offered.map((one) => ({ value: JSON.stringify(one), label: worded(one) }))}
        />
      )}
      <Field
        label={say('clearinghouse.compose.further')}
        help={say('clearinghouse.compose.further-help')}
        value={draft.further}
        onChange={(further) => change({ further })}
        rows={2}
        {...(offered.length === 0 && { need: 'required' })}
      />
      <Choices
        label={say('clearinghouse.compose.classes')}
        values={draft.classes}
        onChange={(classes) => change({ classes })}
        options={dataClasses.map((value) => ({ value, label: say(`clearinghouse.request.class.${value}`) }))}
      />
      <Field
        label={say('clearinghouse.compose.description')}
        help={say('clearinghouse.compose.description-help')}
        value={draft.description}
        onChange={(description) => change({ description })}
        need="required"
        maxLength={500}
      />
      {preserves && (
        <Field
          label={say('clearinghouse.compose.days')}
          help={say(
            `clearinghouse.compose.days.${draft.kind === 'budapest-29' || draft.kind === 'epoc-pr' ? draft.kind : 'preservation'}`,
          )}
          value={draft.days}
          onChange={(days) => change({ days })}
          maxLength={3}
        />
      )}
    </Section>
  );
};
