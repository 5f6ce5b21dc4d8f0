import { Checkbox, CheckboxGroup, Label, Text } from 'react-aria-components';

export interface ChoicesProps<Value extends string> {
  readonly label: string;
  readonly help?: string;
  readonly values: readonly Value[];
  readonly onChange: (values: readonly Value[]) => void;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
}

/** Any number of a few; what is chosen comes back in the order of the options. */
export const Choices = <Value extends string>({ label, help, values, onChange, options }: ChoicesProps<Value>) => (
  <CheckboxGroup
    className="choices"
    value={[...values]}
    onChange={(chosen) => onChange(options.map(({ value }) => value).filter((value) => chosen.includes(value)))}
  >
    <Label>{label}</Label>
    <div className="choices-options">
      {options.map((option) => (
        <Checkbox key={option.value} value={option.value} className="choice">
          {({ isSelected }) => (
            <>
              <span className="choice-box" aria-hidden="true">
                {isSelected ? '✓' : ''}
              </span>
              {option.label}
            </>
          )}
        </Checkbox>
      ))}
    </div>
    {help !== undefined && (
      <Text slot="description" className="help">
        {help}
      </Text>
    )}
  </CheckboxGroup>
);
