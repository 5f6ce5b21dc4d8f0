import { useTongue } from '../../app/tongue.js';
import { Field, Select } from '../../design/index.js';
import { clockErrorOf, type StatementDraft } from './statement-draft.js';

const protocols = ['unknown', 'tcp', 'udp'] as const;
const documentations = ['refuse', 'allow'] as const;

export interface AddressStatementProps {
  readonly draft: StatementDraft;
  readonly onChange: (draft: StatementDraft) => void;
}

/** What a report does not say of its addresses, stated by whoever takes them over. */
export const AddressStatement = ({ draft, onChange }: AddressStatementProps) => {
  const { say } = useTongue();
  return (
    <div className="line-form">
      <Select
        label={say('investigator.addresses.protocol')}
        value={draft.protocol}
        onChange={(protocol) => onChange({ ...draft, protocol })}
        options={protocols.map((value) => ({ value, label: say(`investigator.addresses.protocol-${value}`) }))}
      />
      <Field
        label={say('investigator.addresses.clock')}
        help={say('investigator.addresses.clock-help')}
        value={draft.clock}
        onChange={(clock) => onChange({ ...draft, clock })}
        error={clockErrorOf(draft) === undefined ? say('investigator.addresses.clock-malformed') : undefined}
        maxLength={17}
      />
      <Select
        label={say('investigator.addresses.documentation')}
        value={draft.documentation}
        onChange={(documentation) => onChange({ ...draft, documentation })}
        options={documentations.map((value) => ({
          value,
          label: say(`investigator.addresses.documentation-${value}`),
        }))}
      />
    </div>
  );
};
