import { useQueryClient } from '@tanstack/react-query';
import type { CustodyBody } from '@tutela/investigator-desk/api';
import { useState } from 'react';
import { readMoment, typedMoment } from '../../app/moment-text.js';
import { useTongue } from '../../app/tongue.js';
import { Field, FormDialog, MomentField, Select } from '../../design/index.js';
import { recordCustody } from '../case-queries.js';

export interface CustodyDialogProps {
  readonly caseRef: string;
  /** Number of the exhibit. */
  readonly exhibit: string;
  /** Who has it by the last line; proposed as whoever hands it over. */
  readonly holder: string | undefined;
  readonly onClose: () => void;
}

type Action = CustodyBody['action'];
const actions = ['seized', 'transferred', 'sealed', 'unsealed', 'acquired', 'examined', 'returned'] as const;

/** One more line of custody; never changed afterwards, a slip is told by a further line. */
export const CustodyDialog = ({ caseRef, exhibit, holder, onClose }: CustodyDialogProps) => {
  const { say } = useTongue();
  const client = useQueryClient();
  const [typed, setTyped] = useState(() => ({
    action: (holder === undefined ? 'seized' : 'transferred') as Action,
    happenedAt: typedMoment(new Date()),
    holder: '',
    handedOverBy: holder ?? '',
    secondPerson: '',
    place: '',
    seals: '',
  }));
  const set = (name: keyof typeof typed) => (value: string) => setTyped((was) => ({ ...was, [name]: value }));
  const happenedAt = readMoment(typed.happenedAt);
  const sealIds = typed.seals.split(',').flatMap((seal) => (seal.trim() === '' ? [] : [seal.trim()]));
  const unsealed = typed.action === 'sealed' && sealIds.length === 0;
  const complete = happenedAt !== undefined && typed.holder.trim() !== '' && !unsealed;
  const said = (name: 'handedOverBy' | 'secondPerson' | 'place') =>
    typed[name].trim() !== '' && { [name]: typed[name].trim() };
  return (
    <FormDialog
      title={say('investigator.add-custody.title', { number: exhibit })}
      confirm={say('investigator.add-custody.act')}
      state={complete ? 'complete' : 'incomplete'}
      onClose={onClose}
      reason="typed"
      onConfirm={async (reason) => {
        await recordCustody(caseRef, exhibit, {
          action: typed.action,
          ...(happenedAt !== undefined && { happenedAt }),
          holder: typed.holder.trim(),
          reason,
          ...(sealIds.length > 0 && { sealIds }),
          ...said('handedOverBy'),
          ...said('secondPerson'),
          ...said('place'),
        });
        await client.invalidateQueries({ queryKey: ['investigator'] });
      }}
    >
      <p>{say('investigator.add-custody.then')}</p>
      <div className="form-row">
        <Select
          label={say('investigator.what')}
          value={typed.action}
          onChange={set('action')}
          options={actions.map((value) => ({ value, label: say(`investigator.custody.${value}`) }))}
        />
        <MomentField
          label={say('investigator.at')}
          value={typed.happenedAt}
          onChange={set('happenedAt')}
          need="required"
        />
        <Field
          label={say('investigator.add-custody.holder')}
          value={typed.holder}
          onChange={set('holder')}
          need="required"
          maxLength={300}
          focus="first"
        />
        <Field
          label={say('investigator.add-custody.handed-over-by')}
          value={typed.handedOverBy}
          onChange={set('handedOverBy')}
          maxLength={300}
        />
        <Field
          label={say('investigator.add-custody.second-person')}
          value={typed.secondPerson}
          onChange={set('secondPerson')}
          maxLength={300}
        />
        <Field
          label={say('investigator.exhibit.seized-place')}
          value={typed.place}
          onChange={set('place')}
          maxLength={300}
        />
        <Field
          label={say('investigator.add-exhibit.sealIds')}
          value={typed.seals}
          onChange={set('seals')}
          error={unsealed ? say('investigator.add-custody.seal-needed') : undefined}
          maxLength={1000}
        />
      </div>
    </FormDialog>
  );
};
