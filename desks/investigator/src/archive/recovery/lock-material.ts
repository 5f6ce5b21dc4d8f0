import { inflateSync } from 'node:zlib';
import type { Check } from '@tutela/archive';
import type { JobLock } from '@tutela/recovery';
import { type Compartment, sha256Address } from '@tutela/vault';
import { InvestigatorError } from '../../investigator-error.js';
import type { ArchiveDeps } from '../deps.js';
import { type LockMaterial, loadLocks } from '../queries/record.js';

/** Locks as an engine sees them: key material under an opaque key, no names. */
export const openLocks = async (
  { db, vault }: Pick<ArchiveDeps, 'db' | 'vault'>,
  caseRef: string,
  lockKeys: readonly string[],
): Promise<ReadonlyMap<string, JobLock>> => {
  const locks = new Map<string, JobLock>();
  for (const row of await loadLocks(db, caseRef, lockKeys)) {
    const packed = await bytesOf(vault.forCase(caseRef), row);
    const material = JSON.parse(inflateSync(packed).toString('utf8')) as Pick<JobLock, 'hashcat'> & { check: Check };
    locks.set(row.lockKey, { id: row.lockKey, ...material });
  }
  return locks;
};

const bytesOf = async (compartment: Compartment, { material, materialObject }: LockMaterial): Promise<Buffer> => {
  if (material !== null) return material;
  const opened = await compartment.open(sha256Address(materialObject ?? ''));
  if (opened.kind !== 'done') throw new InvestigatorError('archive-gone', 'the material of a lock is not in the vault');
  const pieces: Uint8Array[] = [];
  for await (const piece of opened.value.bytes) pieces.push(piece as Uint8Array);
  return Buffer.concat(pieces);
};
