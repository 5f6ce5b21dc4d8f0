import { deflateSync } from 'node:zlib';
import type { Lock, Member, Modified } from '@tutela/archive';
import { folderOf, ownerOf } from '../archive-item.js';
import type { AuthorityKey } from '../authority-key.js';
import { nameBasedId } from '../set-id.js';
import type { ExaminedSet } from './examine-set.js';

export interface SetRow {
  readonly set_id: string;
  readonly case_ref: string;
  readonly source_id: string;
  readonly unit_id: string;
  readonly format: string | null;
  readonly encryption: string | null;
  readonly member_names: string | null;
  readonly joining: 'linked' | 'joined';
  readonly missing: readonly number[];
  readonly bytes: number;
  readonly owner: string;
  readonly folder: string;
  readonly depth: number;
  readonly state: string;
  readonly reason: string | null;
  readonly authority_id: string;
  /** Hexadecimal. */
  readonly comment_sealed: string | null;
}

export interface LockRow {
  readonly case_ref: string;
  readonly lock_key: string;
  readonly kdf: string;
  readonly rounds: number;
  readonly scheme: string;
  readonly hashcat_mode: number | null;
  readonly no_line: string | null;
  /** Deflated JSON, hexadecimal; or where it lies in the vault. */
  readonly material: string | null;
  readonly material_object: string | null;
  readonly unit_id: string;
}

export interface MemberRow {
  readonly set_id: string;
  readonly ordinal: number;
  readonly name: string;
  readonly kind: string;
  readonly bytes: number | null;
  readonly packed_bytes: number | null;
  readonly encrypted: string;
  readonly crc32: number | null;
  readonly modified: string | null;
}

export const setIdOf = ({ volumes }: Pick<ExaminedSet, 'volumes'>): string =>
  nameBasedId('archive-set', volumes[0]?.caseRef ?? '', ...volumes.map(({ itemId }) => itemId));

export const setRow = (set: ExaminedSet, unitId: string, authorityId: string, key: AuthorityKey): SetRow => {
  const [first] = set.volumes;
  if (first === undefined) throw new TypeError('an archive has at least one file');
  const { census } = set;
  return {
    set_id: setIdOf(set),
    case_ref: first.caseRef,
    source_id: first.sourceId,
    unit_id: unitId,
    format: census?.format ?? null,
    encryption: census?.encryption ?? null,
    member_names: census?.memberNames ?? null,
    joining: set.joining,
    missing: set.missing,
    bytes: set.volumes.reduce((sum, { size }) => sum + size, 0),
    owner: ownerOf(first),
    folder: folderOf(first),
    depth: first.depth,
    state: set.state,
    reason: set.reason ?? null,
    authority_id: authorityId,
    comment_sealed: census?.comment === undefined ? null : key.seal(census.comment).toString('hex'),
  };
};

/** Larger key material lies in the vault, not in a row: a ZIP's may have megabytes. */
const largestInRow = 256 * 1024;

/** What a check needs, as it is kept. */
const packLock = ({ check, hashcat }: Pick<Lock, 'check' | 'hashcat'>): Buffer =>
  deflateSync(JSON.stringify({ check, hashcat }));

export const lockRow = async (
  lock: Lock,
  caseRef: string,
  unitId: string,
  keep: (bytes: Buffer) => Promise<string>,
): Promise<LockRow> => {
  const packed = packLock(lock);
  const large = packed.length > largestInRow;
  return {
    case_ref: caseRef,
    lock_key: lock.key,
    kdf: lock.kdf.name,
    rounds: lock.kdf.rounds,
    scheme: lock.check.scheme,
    hashcat_mode: lock.hashcat.kind === 'line' ? lock.hashcat.mode : null,
    no_line: lock.hashcat.kind === 'line' ? null : lock.hashcat.why,
    material: large ? null : packed.toString('hex'),
    material_object: large ? await keep(packed) : null,
    unit_id: unitId,
  };
};

export const memberRows = (setId: string, members: readonly Member[]): readonly MemberRow[] =>
  members.map((member, ordinal) => ({
    set_id: setId,
    ordinal,
    // PostgreSQL keeps no NUL in text.
    name: member.name.replaceAll('\0', '\uFFFD'),
    kind: member.kind,
    bytes: member.bytes ?? null,
    packed_bytes: member.packedBytes ?? null,
    encrypted: member.encrypted,
    crc32: member.crc32 ?? null,
    modified: member.modified === undefined ? null : modifiedText(member.modified),
  }));

/** Local time without a zone has no `Z`. */
const modifiedText = (modified: Modified): string =>
  modified.kind === 'floating' ? modified.text : new Date(modified.epochMs).toISOString();
