import { readFile } from 'node:fs/promises';
import { type OperatorSchema, openOperatorSchema } from '@tutela/cybertip';
import { TutelaError } from '../tutela-error.js';

const advice =
  'TUTELA_XSD names a copy of the official schema of the reporting API, complete in one file: GET /xsd there.';

/** @throws TutelaError `usage` for a file that is missing or is no XML schema */
export const readOperatorSchema = async (file: string): Promise<OperatorSchema> => {
  const bytes = await readFile(file).catch(() => undefined);
  if (bytes === undefined) throw new TutelaError('usage', `TUTELA_XSD names no file: ${file}`, advice);
  const opened = await openOperatorSchema(bytes);
  if (opened.kind === 'done') return opened.value;
  throw new TutelaError('usage', `${file} cannot be used as a schema: ${opened.reason.message}`, advice);
};
