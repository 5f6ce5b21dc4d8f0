import { useTongue } from '../../app/tongue.js';
import { Button, Choices, Field, Section, Select } from '../../design/index.js';
import { conditionKinds, grantable, type PartProps, type TypedCondition } from './authority-form.js';
import { byWords } from './state-authority.js';

/** What it allows, step by step, and what it asks for that. */
export const GrantsPart = ({ form: { grants, conditions }, change }: PartProps) => {
  const { say } = useTongue();
  const steps = grantable.map((value) => ({ value, label: say(`investigator.step.${value}`) }));
  const set = (key: number, part: Partial<TypedCondition>) =>
    change({ conditions: conditions.map((one) => (one.key === key ? { ...one, ...part } : one)) });
  const add = () => {
    const key = Math.max(0, ...conditions.map((one) => one.key)) + 1;
    change({ conditions: [...conditions, { key, kind: 'second-person', steps: ['open', 'view'], text: '' }] });
  };
  return (
    <Section title={say('investigator.enter.allows')} about={say('investigator.enter.allows-about')}>
      <Choices
        label={say('investigator.authority.grants')}
        values={grants}
        onChange={(chosen) => change({ grants: chosen })}
        options={steps}
      />
      {conditions.map((one, at) => (
        <fieldset key={one.key} className="form-part">
          <legend>{say('investigator.scope.condition', { number: at + 1 })}</legend>
          <Select
            label={say('investigator.enter.condition-kind')}
            value={one.kind}
            onChange={(kind) => set(one.key, { kind })}
            options={conditionKinds.map((value) => ({ value, label: say(`investigator.condition.${value}`) }))}
          />
          {byWords(one) ? (
            <Field
              label={say('investigator.enter.condition-text')}
              value={one.text}
              onChange={(text) => set(one.key, { text })}
              rows={2}
              need="required"
              maxLength={1000}
            />
          ) : (
            <Choices
              label={say('investigator.enter.condition-steps')}
              values={one.steps}
              onChange={(chosen) => set(one.key, { steps: chosen })}
              options={steps}
            />
          )}
          <div className="actions">
            <Button
              kind="quiet"
              onPress={() => change({ conditions: conditions.filter(({ key }) => key !== one.key) })}
            >
              {say('investigator.enter.remove')}
            </Button>
          </div>
        </fieldset>
      ))}
      <div className="actions">
        <Button onPress={add}>{say('investigator.enter.condition-add')}</Button>
      </div>
    </Section>
  );
};
