import { useTongue } from '../app/tongue.js';
import { Select } from '../design/index.js';

export interface StateFilterProps<State extends string> {
  readonly states: readonly { readonly value: State; readonly label: string }[];
  readonly value: State;
  readonly onChange: (state: State) => void;
}

/** Which of a queue are shown, in the bar above it. */
export const StateFilter = <State extends string>({ states, value, onChange }: StateFilterProps<State>) => {
  const { say } = useTongue();
  return (
    <Select
      label={say('platform.matches.state')}
      labelPlace="inside"
      value={value}
      onChange={onChange}
      options={states}
    />
  );
};
