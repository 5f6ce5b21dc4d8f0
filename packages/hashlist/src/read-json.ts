import { roleOf } from './columns.js';
import { jsonElements } from './json-elements.js';
import type { Found } from './list-item.js';
import { bad, type Hex64, makeEntry } from './make-entry.js';
import { entryOfMembers } from './raw-members.js';
import { linesOf } from './text-source.js';

const longestLine = 256 * 1024;

/** An array of entries, or an object with such an array called `entries`. */
export async function* readJson(chunks: AsyncIterable<string>, hex64: Hex64): AsyncGenerator<Found> {
  for await (const { line, text } of jsonElements(chunks)) yield entryOfJson(line, text, hex64);
}

/** One JSON value a line. */
export async function* readJsonLines(chunks: AsyncIterable<string>, hex64: Hex64): AsyncGenerator<Found> {
  for await (const { number, text, length } of linesOf(chunks, longestLine)) {
    if (text.trim() === '') continue;
    if (length === 'cut') yield bad({ line: number, text }, 'malformed-line', 'longer than 256 KiB');
    else yield entryOfJson(number, text, hex64);
  }
}

/** An entry is an object with members named like the columns of a CSV, or the text of one hash. */
const entryOfJson = (line: number, text: string, hex64: Hex64): Found => {
  const value = parse(text);
  if (typeof value === 'string') {
    return makeEntry({ line, hashes: [{ kind: 'by-length', text: value }], labels: {}, text }, hex64);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return bad({ line, text }, 'malformed-line', 'not a JSON object and not the text of a hash');
  }
  const values = Object.entries(value).flatMap(([name, member]) =>
    member === null ? [] : [{ column: { name, role: roleOf(name) }, text: asText(member) }],
  );
  return entryOfMembers({ line, text, values }, hex64);
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
