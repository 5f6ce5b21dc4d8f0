import type { AuthorityBody } from '@tutela/clearinghouse-desk/api';
import { useTongue } from '../../app/tongue.js';
import { Field, Section, Select } from '../../design/index.js';
import type { SectionProps } from './compose-form.js';
import { letterLanguages, needsPreservation, requestKinds } from './request-draft.js';
import { addressedTo, type Beginning, usualBasis } from './start-draft.js';

const other = 'other';

/** Which request it is and who gets it, of the registry or not; the letter is in their language. */
export const AddresseeSection = ({
  draft,
  change,
  authorities,
  preserving,
}: SectionProps & {
  readonly authorities: readonly AuthorityBody[];
  readonly preserving: Beginning['preserving'];
}) => {
  const { say, country } = useTongue();
  const bound = authorities.filter(
    ({ instruments }) =>
      draft.kind !== 'budapest-29' ||
      instruments.some((one) => one === 'budapest-convention' || one === 'budapest-24-7'),
  );
  const chosen = bound.find(({ authorityId }) => authorityId === draft.authorityId);
  const foreign = chosen !== undefined && !chosen.languages.includes(draft.language.slice(0, 2));
  return (
    <Section title={say('clearinghouse.compose.to')}>
      <Select
        label={say('clearinghouse.request.kind')}
        value={draft.kind}
        onChange={(kind) =>
          change({ kind, ...usualBasis[kind], ...(needsPreservation(kind) ? {} : { preservedBy: '' }) })
        }
        options={requestKinds.map((value) => ({ value, label: say(`clearinghouse.request.title.${value}`) }))}
      />
      {needsPreservation(draft.kind) && (
        <>
          <Select
            label={say('clearinghouse.compose.under')}
            value={draft.preservedBy === '' ? other : draft.preservedBy}
            onChange={(preservedBy) => change({ preservedBy: preservedBy === other ? '' : preservedBy })}
            options={[
              { value: other, label: say('clearinghouse.compose.no-preservation') },
              ...preserving.map(({ requestId, addressee, caseRef }) => ({
                value: requestId,
                label: `${addressee}, ${caseRef}`,
              })),
            ]}
          />
          <p className="help">{say('clearinghouse.compose.under-about')}</p>
        </>
      )}
      <Select
        label={say('clearinghouse.compose.authority')}
        value={chosen?.authorityId ?? other}
        onChange={(id) => {
          const authority = bound.find(({ authorityId }) => authorityId === id);
          change(authority === undefined ? { authorityId: '' } : addressedTo(authority));
        }}
        options={[
          { value: other, label: say('clearinghouse.compose.other-addressee') },
          ...bound.map(({ authorityId, name }) => ({ value: authorityId, label: name })),
        ]}
      />
      {bound.length === 0 && <p className="help">{say('clearinghouse.compose.nobody-bound')}</p>}
      <Field
        label={say('clearinghouse.request.addressee')}
        value={draft.name}
        onChange={(name) => change({ name })}
        need="required"
        maxLength={500}
      />
      <Field
        label={say('clearinghouse.request.label.address')}
        help={say('clearinghouse.compose.address-help')}
        value={draft.address}
        onChange={(address) => change({ address })}
        need="required"
        maxLength={500}
      />
      <Select
        label={say('common.map.country')}
        value={draft.country}
        onChange={(code) => change({ country: code })}
        options={countriesOf(authorities).map((value) => ({ value, label: country(value) }))}
      />
      <Select
        label={say('clearinghouse.compose.language')}
        value={draft.language}
        onChange={(language) => change({ language })}
        options={letterLanguages.map((value) => ({ value, label: say(`clearinghouse.compose.language.${value}`) }))}
      />
      {foreign && (
        <p className="help">{say('clearinghouse.compose.foreign', { languages: chosen.languages.join(', ') })}</p>
      )}
    </Section>
  );
};

export const countriesOf = (authorities: readonly AuthorityBody[]): readonly string[] => [
  ...new Set(authorities.map((one) => one.country)),
];
