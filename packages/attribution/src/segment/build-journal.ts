import { closeSync, existsSync, fsyncSync, openSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { canonicalJson, type JsonValue } from '@tutela/core';
import { AttributionError } from '../attribution-error.js';
import type { HoldingMark, KeyKind } from './holding.js';
import { writeAll } from './row-files.js';

/** What a segment being built remembers between two runs. */
export interface BuildJournal {
  readonly format: 'tutela-segment-build/1';
  readonly keys: KeyKind;
  readonly destinations: 'kept' | 'discarded';
  readonly period: { readonly from: number; readonly to: number };
  /** Where the caller goes on; everything before it is in the chunks. */
  readonly cursor: JsonValue;
  readonly chunks: readonly string[];
  readonly marks: readonly HoldingMark[];
  readonly least: number;
  readonly greatest: number;
  readonly times: 'whole-seconds' | 'milliseconds';
}

const fileName = 'journal.json';

/** The journal in a folder of work, after what it does not name has been removed; `undefined` where there is none. */
export const readJournal = (folder: string): BuildJournal | undefined => {
  const file = path.join(folder, fileName);
  const journal = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as BuildJournal) : undefined;
  for (const name of readdirSync(folder)) {
    if (name !== fileName && journal?.chunks.includes(name) !== true) rmSync(path.join(folder, name));
  }
  for (const chunk of journal?.chunks ?? []) {
    if (!existsSync(path.join(folder, chunk))) throw new AttributionError('damaged-work', `${chunk} is missing`);
  }
  return journal;
};

export const writeJournal = (folder: string, journal: BuildJournal): void => {
  const temporary = path.join(folder, `${fileName}.writing`);
  const file = openSync(temporary, 'w');
  writeAll(file, Buffer.from(canonicalJson(JSON.parse(JSON.stringify(journal)) as JsonValue)));
  fsyncSync(file);
  closeSync(file);
  renameSync(temporary, path.join(folder, fileName));
};
