import { FieldError, Input, Label, Text, TextArea, TextField } from 'react-aria-components';

export interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly help?: string;
  /** Said when set; the field is then marked. */
  readonly error?: string | undefined;
  readonly rows?: number;
  readonly need?: 'required' | 'optional';
  readonly maxLength?: number;
  readonly type?: 'text' | 'search' | 'date' | 'number' | 'datetime-local';
  readonly placeholder?: string;
  readonly focus?: 'first' | 'never';
  /** `inside`: the label stands before the line, as in a bar of filters. */
  readonly labelPlace?: 'above' | 'inside';
  /** The focus goes elsewhere. */
  readonly onLeave?: () => void;
}

/** A line of text, or several with `rows`. */
export const Field = ({
  label,
  value,
  onChange,
  help,
  error,
  rows,
  need = 'optional',
  focus,
  labelPlace = 'above',
  onLeave,
  ...input
}: FieldProps) => (
  <TextField
    className="field"
    data-label={labelPlace}
    value={value}
    onChange={onChange}
    isRequired={need === 'required'}
    isInvalid={error !== undefined}
    validationBehavior="aria"
    autoFocus={focus === 'first'}
    {...(onLeave !== undefined && { onBlur: onLeave })}
    {...(input.maxLength !== undefined && { maxLength: input.maxLength })}
    {...(input.type !== undefined && { type: input.type })}
  >
    <Label>{label}</Label>
    {rows === undefined ? (
      <Input autoComplete="off" {...(input.placeholder !== undefined && { placeholder: input.placeholder })} />
    ) : (
      <TextArea rows={rows} />
    )}
    {help !== undefined && (
      <Text slot="description" className="help">
        {help}
      </Text>
    )}
    <FieldError className="field-error">{error}</FieldError>
  </TextField>
);
