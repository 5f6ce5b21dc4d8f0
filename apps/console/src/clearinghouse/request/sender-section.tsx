import type { AuthorityBody } from '@tutela/clearinghouse-desk/api';
import { useTongue } from '../../app/tongue.js';
import { Field, Section, Select } from '../../design/index.js';
import { countriesOf } from './addressee-section.js';
import type { SectionProps } from './compose-form.js';

const lines = [
  ['issuingAuthority', 'clearinghouse.request.label.from'],
  ['officer', 'clearinghouse.request.label.officer'],
  ['contact', 'clearinghouse.request.label.contact'],
  ['caseRef', 'clearinghouse.request.label.case'],
] as const;
const delivery = [
  ['format', 'clearinghouse.compose.format'],
  ['hash', 'clearinghouse.compose.hash'],
  ['encryption', 'clearinghouse.compose.encryption'],
  ['deliverTo', 'clearinghouse.compose.deliver-to'],
] as const;

/** Who asks, in which case, and how the answer is to come; taken over from the request made before. */
export const SenderSection = ({
  draft,
  change,
  authorities,
}: SectionProps & { readonly authorities: readonly AuthorityBody[] }) => {
  const { say, country } = useTongue();
  return (
    <Section title={say('clearinghouse.compose.sender')} about={say('clearinghouse.compose.sender-about')}>
      <Select
        label={say('clearinghouse.compose.state')}
        value={draft.issuingState}
        onChange={(issuingState) => change({ issuingState })}
        options={countriesOf(authorities).map((value) => ({ value, label: country(value) }))}
      />
      {[...lines, ...delivery].map(([name, label]) => (
        <Field
          key={name}
          label={say(label)}
          value={draft[name]}
          onChange={(text) => change({ [name]: text })}
          need="required"
          maxLength={500}
        />
      ))}
    </Section>
  );
};
