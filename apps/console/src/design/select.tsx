import { Select as AriaSelect, Button, Label, ListBox, ListBoxItem, Popover, SelectValue } from 'react-aria-components';

export interface SelectProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  /** `inside`: the label stands before the value in one line, as in a bar of filters. `hidden`: it is only read out. */
  readonly labelPlace?: 'above' | 'inside' | 'hidden';
}

/** One of a few. */
export const Select = <Value extends string>({
  label,
  value,
  onChange,
  options,
  labelPlace = 'above',
}: SelectProps<Value>) => (
  <AriaSelect
    className="select"
    data-label={labelPlace}
    selectedKey={value}
    onSelectionChange={(key) => {
      const chosen = options.find((option) => option.value === key);
      if (chosen !== undefined) onChange(chosen.value);
    }}
  >
    <Label className={labelPlace === 'hidden' ? 'only-read' : 'react-aria-Label'}>{label}</Label>
    <Button className="button">
      <SelectValue />
      <span aria-hidden="true">▾</span>
    </Button>
    <Popover className="popover">
      <ListBox className="options">
        {options.map((option) => (
          <ListBoxItem key={option.value} id={option.value} textValue={option.label} className="option">
            {option.label}
          </ListBoxItem>
        ))}
      </ListBox>
    </Popover>
  </AriaSelect>
);
