import { useTongue } from '../../app/tongue.js';
import { Button, Field, Select } from '../../design/index.js';
import { excludable, type PartProps, type TypedExclusion } from './authority-form.js';

/** What is left out whatever else is covered, each with the words of the document. */
export const ExclusionFields = ({ form: { exclusions }, change }: PartProps) => {
  const { say } = useTongue();
  const set = (key: number, part: Partial<TypedExclusion>) =>
    change({ exclusions: exclusions.map((one) => (one.key === key ? { ...one, ...part } : one)) });
  const add = () => {
    const key = Math.max(0, ...exclusions.map((one) => one.key)) + 1;
    change({ exclusions: [...exclusions, { key, what: 'accounts', lines: '', reason: '' }] });
  };
  return (
    <>
      {exclusions.map(({ key, what, lines, reason }, at) => (
        <fieldset key={key} className="form-part">
          <legend>{say('investigator.scope.exclusion', { number: at + 1 })}</legend>
          <Select
            label={say('investigator.enter.exclusion-what')}
            value={what}
            onChange={(chosen) => set(key, { what: chosen })}
            options={excludable.map((value) => ({
              value,
              label: value === 'folders' ? say('investigator.enter.folders') : say(`investigator.scope.${value}`),
            }))}
          />
          <Field
            label={say('investigator.enter.exclusion-lines')}
            help={say(`investigator.enter.help-${what}`)}
            value={lines}
            onChange={(typed) => set(key, { lines: typed })}
            rows={2}
            need="required"
          />
          <Field
            label={say('investigator.enter.exclusion-reason')}
            value={reason}
            onChange={(typed) => set(key, { reason: typed })}
            need="required"
            maxLength={1000}
          />
          <div className="actions">
            <Button kind="quiet" onPress={() => change({ exclusions: exclusions.filter((one) => one.key !== key) })}>
              {say('investigator.enter.remove')}
            </Button>
          </div>
        </fieldset>
      ))}
      <div className="actions">
        <Button onPress={add}>{say('investigator.enter.exclusion-add')}</Button>
      </div>
    </>
  );
};
