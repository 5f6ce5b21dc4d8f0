import { readMoment } from '../app/moment-text.js';
import { useTongue } from '../app/tongue.js';
import { Field, type FieldProps } from './field.js';

/** A moment, typed with its zone; below it stands what was understood. */
export const MomentField = (field: Omit<FieldProps, 'type' | 'rows' | 'maxLength' | 'help' | 'error'>) => {
  const { say, moment } = useTongue();
  const read = readMoment(field.value);
  const typed = field.value.trim() !== '';
  return (
    <Field
      {...field}
      maxLength={40}
      help={read === undefined ? say('common.moment.help') : moment(read)}
      error={typed && read === undefined ? say('common.moment.malformed') : undefined}
    />
  );
};
