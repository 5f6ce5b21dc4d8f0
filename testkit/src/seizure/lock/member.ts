import { createHash } from 'node:crypto';

/** A file to be put into an archive. */
export interface LockedMember {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly modified: Date;
}

/** What locks an archive. Salts come from `label`, so that the same archive is written twice alike. */
export interface Locking {
  readonly password: string;
  readonly label: string;
}

/** Bytes that look random and are the same for the same label (SHAKE256). */
export const bytesFrom = (label: string, count: number): Buffer =>
  createHash('shake256', { outputLength: count }).update(label).digest();
