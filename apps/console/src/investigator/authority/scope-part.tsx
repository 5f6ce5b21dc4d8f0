import { useQuery } from '@tanstack/react-query';
import { useTongue } from '../../app/tongue.js';
import { Choices, Field, Section, Select } from '../../design/index.js';
import { caseQuery } from '../case-queries.js';
import { providersQuery } from '../orders/queries.js';
import { seizureQuery } from '../seizure/queries.js';
import { fileClasses } from '../seizure/searches.js';
import { type LimitName, limitNames, type PartProps, type TypedLimit } from './authority-form.js';
import { ExclusionFields } from './exclusion-fields.js';
import { linesOf } from './state-authority.js';

export interface ScopePartProps extends PartProps {
  readonly caseRef: string;
}

/** How far it reaches. Each limit is said: one that nobody thought of does not widen it. */
export const ScopePart = ({ form, change, caseRef }: ScopePartProps) => {
  const { say } = useTongue();
  const { scope } = form;
  const set = (name: LimitName) => (limit: TypedLimit) => change({ scope: { ...scope, [name]: limit } });
  const sources = useSources(caseRef);
  const known: Partial<Record<LimitName, readonly Known[]>> = {
    ...(sources.length > 0 && { sources }),
    fileClasses: fileClasses.map((value) => ({ value, label: say(`investigator.class.${value}`) })),
  };
  return (
    <Section title={say('investigator.enter.scope')} about={say('investigator.enter.scope-about')}>
      {limitNames.map((name) => (
        <LimitFields key={name} name={name} limit={scope[name]} onChange={set(name)} known={known[name]} />
      ))}
      <ExclusionFields form={form} change={change} />
      <Field
        label={say('investigator.enter.privilege')}
        help={say('investigator.enter.privilege-help')}
        value={form.privilegeTerms}
        onChange={(privilegeTerms) => change({ privilegeTerms })}
        rows={2}
      />
    </Section>
  );
};

interface Known {
  readonly value: string;
  readonly label: string;
}

/** What a case can read from, hand on or ask: its sources, its reports, and the providers that are known. */
const useSources = (caseRef: string): readonly Known[] => {
  const { say } = useTongue();
  const read = useQuery(seizureQuery(caseRef)).data?.sources ?? [];
  const reports = useQuery(caseQuery(caseRef)).data?.reports ?? [];
  const asked = useQuery(providersQuery).data?.providers ?? [];
  return [
    ...read.map(({ source }) => ({ value: source.sourceId, label: source.locator })),
    ...reports.map(({ reportId, reportNumber }) => ({
      value: reportId,
      label: say('investigator.referral.title', { number: reportNumber }),
    })),
    ...asked.map(({ providerId, name }) => ({
      value: `provider/${providerId}`,
      label: say('investigator.enter.provider', { name }),
    })),
  ];
};

interface LimitFieldsProps {
  readonly name: LimitName;
  readonly limit: TypedLimit;
  readonly onChange: (limit: TypedLimit) => void;
  /** Where all that can be named is known, it is chosen and not typed. */
  readonly known: readonly Known[] | undefined;
}

const LimitFields = ({ name, limit, onChange, known }: LimitFieldsProps) => {
  const { say } = useTongue();
  const title = say(`investigator.scope.${name}`);
  const label = say('investigator.enter.only', { what: title });
  return (
    <div className="form-part">
      <Select
        label={title}
        labelPlace="inside"
        value={limit.covers}
        onChange={(covers) => onChange({ ...limit, covers })}
        options={[
          { value: 'these', label: say('investigator.enter.these') },
          { value: 'any', label: say('investigator.scope.any') },
        ]}
      />
      {limit.covers === 'these' &&
        (known === undefined ? (
          <Field
            label={label}
            help={say(`investigator.enter.help-${name}`)}
            value={limit.lines}
            onChange={(lines) => onChange({ ...limit, lines })}
            rows={2}
          />
        ) : (
          <Choices
            label={label}
            help={say(`investigator.enter.help-${name}`)}
            values={linesOf(limit.lines)}
            onChange={(values) => onChange({ ...limit, lines: values.join('\n') })}
            options={known}
          />
        ))}
    </div>
  );
};
