import { useState } from 'react';
import { Field, type FieldProps } from './field.js';

export interface DayFieldProps extends Pick<FieldProps, 'label' | 'help' | 'labelPlace'> {
  /** `2026-03-01`, or empty. */
  readonly value: string;
  readonly onChange: (day: string) => void;
}

/** While a year is typed it is 2, 20 and 202 first. */
const firstDay = '1900-01-01';

/** A day, by keyboard or from a calendar. It is told once it is whole; until the field is left it stays as it is typed. */
export const DayField = ({ value, onChange, ...field }: DayFieldProps) => {
  const [typed, setTyped] = useState<string>();
  return (
    <Field
      {...field}
      type="date"
      value={typed ?? value}
      onChange={(day) => {
        setTyped(day);
        if (day === '' || day >= firstDay) onChange(day);
      }}
      onLeave={() => setTyped(undefined)}
    />
  );
};
