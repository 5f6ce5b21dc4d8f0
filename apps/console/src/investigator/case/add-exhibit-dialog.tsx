import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { readMoment } from '../../app/moment-text.js';
import { useTongue } from '../../app/tongue.js';
import { Field, FormDialog, MomentField, Select } from '../../design/index.js';
import { addExhibit } from '../case-queries.js';

export interface AddExhibitDialogProps {
  readonly caseRef: string;
  /** Numbers of the exhibits that are there: one may come out of another. */
  readonly numbers: readonly string[];
  readonly onClose: () => void;
}

const empty = {
  number: '',
  parent: '',
  description: '',
  seizedAt: '',
  seizedPlace: '',
  seizedBy: '',
  seizedFrom: '',
  make: '',
  serial: '',
  capacityBytes: '',
  sealIds: '',
  storagePlace: '',
  sha256: '',
  timeZone: '',
  clockOffsetSeconds: '',
};
type Name = keyof typeof empty;

const malformed: Partial<Record<Name, (typed: string) => 'good' | 'bad'>> = {
  seizedAt: (typed) => (readMoment(typed) === undefined ? 'bad' : 'good'),
  capacityBytes: byForm(/^\d{1,15}$/),
  sha256: byForm(/^[0-9a-f]{64}$/),
  clockOffsetSeconds: byForm(/^-?\d{1,9}(\.\d{1,6})?$/),
};

function byForm(form: RegExp) {
  return (typed: string) => (form.test(typed) ? 'good' : 'bad');
}

/** What was taken, as its label and the report of the seizure describe it. What is left out is recorded as not known. */
export const AddExhibitDialog = ({ caseRef, numbers, onClose }: AddExhibitDialogProps) => {
  const { say, sayIfKnown } = useTongue();
  const client = useQueryClient();
  const [typed, setTyped] = useState(empty);
  const set = (name: Name) => (value: string) => setTyped((was) => ({ ...was, [name]: value }));
  const faulty = (name: Name) => typed[name].trim() !== '' && malformed[name]?.(typed[name].trim()) === 'bad';
  const complete =
    typed.number.trim() !== '' && typed.description.trim() !== '' && !(Object.keys(empty) as Name[]).some(faulty);
  const line = (
    name: Exclude<Name, 'parent' | 'seizedAt'>,
    more: { readonly focus?: 'first'; readonly need?: 'required' } = {},
  ) => (
    <Field
      label={say(`investigator.add-exhibit.${name}`)}
      value={typed[name]}
      onChange={set(name)}
      error={faulty(name) ? sayIfKnown(`investigator.add-exhibit.${name}-malformed`) : undefined}
      maxLength={1000}
      {...more}
    />
  );
  return (
    <FormDialog
      title={say('investigator.add-exhibit.title')}
      confirm={say('investigator.add-exhibit.act')}
      state={complete ? 'complete' : 'incomplete'}
      onClose={onClose}
      onConfirm={async () => {
        await addExhibit(caseRef, stated(typed));
        await client.invalidateQueries({ queryKey: ['investigator'] });
      }}
    >
      <p>{say('investigator.add-exhibit.then')}</p>
      {line('number', { focus: 'first', need: 'required' })}
      {line('description', { need: 'required' })}
      <div className="form-row">
        <MomentField label={say('investigator.exhibit.seized-at')} value={typed.seizedAt} onChange={set('seizedAt')} />
        {line('seizedPlace')}
        {line('seizedBy')}
        {line('seizedFrom')}
        {line('sealIds')}
        {line('storagePlace')}
        {line('make')}
        {line('serial')}
      </div>
      <details>
        <summary>{say('investigator.add-exhibit.more')}</summary>
        <div className="form-row">
          {numbers.length > 0 && (
            <Select
              label={say('investigator.add-exhibit.parent')}
              value={typed.parent}
              onChange={set('parent')}
              options={[
                { value: '', label: say('investigator.add-exhibit.no-parent') },
                ...numbers.map((value) => ({ value, label: value })),
              ]}
            />
          )}
          {line('capacityBytes')}
          {line('sha256')}
          {line('timeZone')}
          {line('clockOffsetSeconds')}
        </div>
      </details>
    </FormDialog>
  );
};

/** In the shape of the desk's `parseExhibit`; what is empty is left out. */
const stated = (typed: typeof empty): object => {
  const { sealIds, capacityBytes, seizedAt, ...texts } = typed;
  const seals = sealIds.split(',').flatMap((seal) => (seal.trim() === '' ? [] : [seal.trim()]));
  return {
    ...Object.fromEntries(
      Object.entries(texts).flatMap(([name, text]) => (text.trim() === '' ? [] : [[name, text.trim()]])),
    ),
    ...(seals.length > 0 && { sealIds: seals }),
    ...(capacityBytes.trim() !== '' && { capacityBytes: Number(capacityBytes) }),
    ...(seizedAt.trim() !== '' && { seizedAt: readMoment(seizedAt) }),
  };
};
