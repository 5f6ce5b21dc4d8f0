import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { LogItem, PairingState, ResumePoint } from '@tutela/attribution';
import { z } from 'zod';
import { ProviderError } from '../provider-error.js';

/**
 * What an ingest hands on to the one that begins where it ended. It holds what lines say of whatever is open, identities
 * too: it lies beside the segments, sealed (AES-256-GCM) under a key made from that of the handles, until the next ingest
 * has taken it over.
 */
export interface CarriedState {
  /** Up to a few seconds before the end. */
  readonly pairing: PairingState;
  /** The records of those last seconds: lines of one moment may stand on both sides of a cut. */
  readonly tail: readonly LogItem[];
  /** The numbers of messages go on. */
  readonly resume: ResumePoint | undefined;
}

const name = 'carried.state';
const format = 'tutela-carried/1';
const written = z.object({ format: z.literal(format) });

const cipher = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

export const writeCarried = (sealKey: Uint8Array, folder: string, state: CarriedState): void => {
  const nonce = randomBytes(nonceBytes);
  const sealing = createCipheriv(cipher, sealKey, nonce);
  const sealed = Buffer.concat([sealing.update(serialize({ format, ...state })), sealing.final()]);
  const bytes = Buffer.concat([nonce, sealing.getAuthTag(), sealed]);
  const file = openSync(path.join(folder, name), 'w', 0o600);
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
  fsyncSync(file);
  closeSync(file);
};

/**
 * Each call gives it anew: whoever goes on with it uses it up.
 * @throws ProviderError `carried-state-damaged`
 */
export const readCarried = (sealKey: Uint8Array, folder: string): CarriedState | undefined => {
  const file = path.join(folder, name);
  if (!existsSync(file)) return undefined;
  try {
    const bytes = readFileSync(file);
    const opening = createDecipheriv(cipher, sealKey, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes });
    opening.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
    const state = deserialize(
      Buffer.concat([opening.update(bytes.subarray(nonceBytes + tagBytes)), opening.final()]),
    ) as CarriedState;
    written.parse(state);
    return state;
  } catch (cause) {
    throw new ProviderError('carried-state-damaged', `${file} cannot be read`, { cause });
  }
};

export const carriedFile = name;
