import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { inTransaction } from '@tutela/db';
import { type Compartment, sha256Address } from '@tutela/vault';
import { InvestigatorError } from '../investigator-error.js';
import type { ArchiveDeps } from './deps.js';
import { findRecoveryKey, insertRecoveryKey } from './queries/words.js';

/**
 * Seals words under one authority of one case. Its root lies in the vault of the case, so it goes with the case; whoever
 * has the database alone can neither read a word nor test a guess.
 */
export interface AuthorityKey {
  readonly seal: (word: string) => Buffer;
  /** @throws InvestigatorError `seal-broken` */
  readonly unseal: (sealed: Uint8Array) => string;
  /** Equal for equal words, hexadecimal. */
  readonly macOf: (text: string) => string;
}

const nonceBytes = 12;
const tagBytes = 16;

/** Opens the key of an authority, and makes it when there is none. */
export const obtainAuthorityKey = async (
  { db, vault }: Pick<ArchiveDeps, 'db' | 'vault'>,
  caseRef: string,
  authorityId: string,
): Promise<AuthorityKey> => {
  const compartment = vault.forCase(caseRef);
  let object = await findRecoveryKey(db, caseRef, authorityId);
  if (object === undefined) {
    const stored = await compartment.put(randomBytes(32));
    object = await inTransaction(db, (tx) => insertRecoveryKey(tx, caseRef, authorityId, stored.sha256));
  }
  return keyOf(await bytesOf(compartment, object), `${caseRef}/${authorityId}`);
};

const bytesOf = async (compartment: Compartment, object: string): Promise<Buffer> => {
  const opened = await compartment.open(sha256Address(object));
  if (opened.kind !== 'done')
    throw new InvestigatorError('seal-broken', `the authority's key is ${opened.reason.code}`);
  const pieces: Uint8Array[] = [];
  for await (const piece of opened.value.bytes) pieces.push(piece as Uint8Array);
  return Buffer.concat(pieces);
};

const keyOf = (root: Buffer, name: string): AuthorityKey => {
  const derived = (use: string): Buffer => Buffer.from(hkdfSync('sha256', root, name, `tutela/recovery/${use}`, 32));
  const sealing = derived('seal');
  const comparing = derived('mac');
  return {
    seal: (word) => {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', sealing, nonce).setAAD(Buffer.from(name));
      const body = Buffer.concat([cipher.update(word, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, body, cipher.getAuthTag()]);
    },
    unseal: (bytes) => {
      const sealed = Buffer.from(bytes);
      const cipher = createDecipheriv('aes-256-gcm', sealing, sealed.subarray(0, nonceBytes));
      cipher.setAAD(Buffer.from(name)).setAuthTag(sealed.subarray(sealed.length - tagBytes));
      try {
        const body = cipher.update(sealed.subarray(nonceBytes, sealed.length - tagBytes));
        return Buffer.concat([body, cipher.final()]).toString('utf8');
      } catch {
        throw new InvestigatorError('seal-broken', 'a sealed word does not open with the key of its authority');
      }
    },
    macOf: (text) => createHmac('sha256', comparing).update(text, 'utf8').digest('hex'),
  };
};
