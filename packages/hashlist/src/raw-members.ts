import type { Column } from './columns.js';
import { isHashKind, kindNamed } from './columns.js';
import type { Found } from './list-item.js';
import { bad, type Hex64, makeEntry, type RawHash } from './make-entry.js';

/** An entry of named values: a CSV line under its header, a JSON object. */
export interface Members {
  readonly line: number;
  readonly text: string;
  readonly values: readonly { readonly column: Column; readonly text: string }[];
}

export const entryOfMembers = ({ line, text, values }: Members, hex64: Hex64): Found => {
  const textOf = (role: Column['role']) => values.find(({ column }) => column.role === role)?.text;
  const stated = textOf('kind')?.trim();
  const statedKind = stated === undefined || stated === '' ? undefined : kindNamed(stated);
  if (stated !== undefined && stated !== '' && statedKind === undefined) {
    return bad({ line, text }, 'unknown-kind', `no kind of hash is called ${JSON.stringify(stated)} here`);
  }
  const hashes: RawHash[] = [];
  const labels: Record<string, string> = {};
  for (const { column, text: value } of values) {
    if (column.role === 'hash') hashes.push({ kind: statedKind ?? 'by-length', text: value });
    else if (column.role === 'label') addLabel(labels, column.name, value);
    else if (isHashKind(column.role)) hashes.push({ kind: column.role, text: value });
  }
  const quality = textOf('quality');
  // A list that states a quality is one of perceptual hashes (Meta's "hash,quality,path").
  return makeEntry({ line, hashes, quality, labels, text }, quality === undefined ? hex64 : 'pdq');
};

/** The second of two columns of one name becomes `name (2)`: nothing a list says is dropped. */
const addLabel = (labels: Record<string, string>, name: string, value: string): void => {
  if (value === '') return;
  let free = name === '' ? '(unnamed)' : name;
  for (let number = 2; Object.hasOwn(labels, free); number++) free = `${name} (${number})`;
  Object.defineProperty(labels, free, { value, enumerable: true, configurable: true, writable: true });
};
