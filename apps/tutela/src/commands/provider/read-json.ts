import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { JsonValue } from '@tutela/core';
import type { TutelaContext } from '../../context.js';
import { TutelaError } from '../../tutela-error.js';

/** A JSON file. @throws TutelaError `unreadable` */
export const readJson = async (context: TutelaContext, file: string): Promise<JsonValue> => {
  const from = path.resolve(context.folder, file);
  try {
    return JSON.parse(await readFile(from, 'utf8')) as JsonValue;
  } catch (cause) {
    throw new TutelaError('unreadable', `${from} cannot be read as JSON.`, 'docs/provider.md shows its form.', {
      cause,
    });
  }
};
