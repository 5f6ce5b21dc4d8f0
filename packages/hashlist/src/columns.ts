import { type HashKind, hashKinds } from './list-item.js';

/** `not-kept`: PhotoDNA, which only a licence holder may store. */
export type ColumnRole = HashKind | 'hash' | 'kind' | 'quality' | 'not-kept' | 'label';

export interface Column {
  readonly name: string;
  readonly role: ColumnRole;
}

const anyHash = new Set(['hash', 'hashvalue', 'hashdigest', 'digest', 'hex', 'fingerprint', 'signature', 'signal']);
const kindNames = new Set(['algorithm', 'hashtype', 'hashkind', 'hashalgorithm', 'signaltype', 'kind']);
const notKept = new Set(['pdna', 'photodna', 'photodnahash']);
const qualityNames = new Set(['quality', 'pdqquality', 'hashquality']);

/** What a member or column is for, by its name. */
export const roleOf = (name: string): ColumnRole => {
  const plain = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  if (anyHash.has(plain)) return 'hash';
  if (kindNames.has(plain)) return 'kind';
  if (qualityNames.has(plain)) return 'quality';
  if (notKept.has(plain)) return 'not-kept';
  return kindNamed(plain) ?? 'label';
};

/** The kind that a text such as `SHA-1`, `pdq_hex` or `ImagePDQ` names. */
export const kindNamed = (name: string): HashKind | undefined => {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .replace(/^(image|video|file)/, '')
    .replace(/(hash|hex|digest|sum)$/, '');
  return hashKinds.find((kind) => kind === plain);
};

/** Columns of a header line; `undefined` when the line is no header, since none of its cells names a hash. */
export const columnsOf = (cells: readonly string[]): readonly Column[] | undefined => {
  const columns = cells.map((cell) => ({ name: cell.trim(), role: roleOf(cell) }));
  const namesHash = columns.some(({ role }) => role === 'hash' || isHashKind(role));
  return namesHash ? columns : undefined;
};

export const isHashKind = (role: ColumnRole): role is HashKind => hashKinds.some((kind) => kind === role);
