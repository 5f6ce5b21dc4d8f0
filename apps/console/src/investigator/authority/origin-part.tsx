import { useTongue } from '../../app/tongue.js';
import { Field, MomentField, Section, Select } from '../../design/index.js';
import { authorityKinds, type PartProps } from './authority-form.js';

/** Who issued it, under which number and law. */
export const OriginPart = ({ form, change }: PartProps) => {
  const { say } = useTongue();
  return (
    <Section title={say('investigator.enter.origin')}>
      <div className="form-row">
        <Select
          label={say('investigator.enter.kind')}
          value={form.kind}
          onChange={(kind) => change({ kind })}
          options={authorityKinds.map((value) => ({ value, label: say(`investigator.authority-kind.${value}`) }))}
        />
        <Field
          label={say('investigator.enter.file-number')}
          value={form.fileNumber}
          onChange={(fileNumber) => change({ fileNumber })}
          need="required"
          maxLength={1000}
        />
        <Field
          label={say(form.kind === 'consent' ? 'investigator.enter.given-by' : 'investigator.authority.issued-by')}
          value={form.issuedBy}
          onChange={(issuedBy) => change({ issuedBy })}
          need="required"
          maxLength={1000}
        />
        <Field
          label={say('investigator.enter.judge')}
          value={form.judge}
          onChange={(judge) => change({ judge })}
          maxLength={1000}
        />
        <Field
          label={say('investigator.authority.statute')}
          help={say('investigator.enter.statute-help')}
          value={form.statute}
          onChange={(statute) => change({ statute })}
          need="required"
          maxLength={1000}
        />
        <Field
          label={say('investigator.authority.offence')}
          value={form.offence}
          onChange={(offence) => change({ offence })}
          need="required"
          maxLength={1000}
        />
        <Select
          label={say('investigator.enter.sealed')}
          value={form.sealed}
          onChange={(sealed) => change({ sealed })}
          options={(['open', 'sealed'] as const).map((value) => ({
            value,
            label: say(`investigator.enter.sealed-${value}`),
          }))}
        />
      </div>
    </Section>
  );
};

/** From when until when it holds, and what is due by when. */
export const TimesPart = ({ form, change }: PartProps) => {
  const { say } = useTongue();
  return (
    <Section title={say('investigator.enter.times')} about={say('investigator.enter.times-about')}>
      <div className="form-row">
        <MomentField
          label={say('investigator.enter.issued-at')}
          value={form.issuedAt}
          onChange={(issuedAt) => change({ issuedAt })}
          need="required"
        />
        <MomentField
          label={say('investigator.enter.from')}
          value={form.from}
          onChange={(from) => change({ from })}
          need="required"
        />
        <MomentField
          label={say('investigator.enter.to')}
          value={form.to}
          onChange={(to) => change({ to })}
          need="required"
        />
        {form.kind === 'detention-order' && (
          <MomentField
            label={say('investigator.enter.detention-until')}
            value={form.detentionUntil}
            onChange={(detentionUntil) => change({ detentionUntil })}
            need="required"
          />
        )}
        <MomentField
          label={say('investigator.enter.report-due')}
          value={form.reportDue}
          onChange={(reportDue) => change({ reportDue })}
        />
        <MomentField
          label={say('investigator.enter.retain-until')}
          value={form.retainUntil}
          onChange={(retainUntil) => change({ retainUntil })}
        />
      </div>
    </Section>
  );
};
