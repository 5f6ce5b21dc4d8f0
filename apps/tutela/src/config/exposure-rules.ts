import { readFile } from 'node:fs/promises';
import { defaultRules, type ExposureRules, parseRules } from '@tutela/exposure';
import { TutelaError } from '../tutela-error.js';

/**
 * What the organisation asks of itself for those who look at files, from the file that `TUTELA_EXPOSURE` names.
 * @throws TutelaError `usage`
 */
export const readExposureRules = async (file: string | undefined): Promise<ExposureRules> => {
  if (file === undefined) return defaultRules;
  try {
    return parseRules(await readFile(file, 'utf8'));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new TutelaError('usage', `${file}: ${why}`, 'docs/wellness.md says what TUTELA_EXPOSURE may hold.', {
      cause,
    });
  }
};
