import { randomBytes } from 'node:crypto';
import { Encrypter } from 'age-encryption';
import type { Bytes } from '../vault.js';
import { VaultError } from '../vault-error.js';
import { payloadKey, payloadNonceBytes, sealPayload } from './payload.js';

/**
 * Encrypts to age recipients (`age1…`, also post-quantum `age1pq1…`) in the format of age 1.x: what partners open with
 * `age -d`. The header is typage's; the payload goes through OpenSSL, since typage's own is ten times slower.
 * @throws VaultError `age-failed` for a recipient that is none
 */
export async function* encryptTo(recipients: readonly string[], source: Bytes): AsyncGenerator<Buffer> {
  const { header, fileKey } = await headerFor(recipients);
  const nonce = randomBytes(payloadNonceBytes);
  yield Buffer.concat([header, nonce]);
  yield* sealPayload(payloadKey(fileKey, nonce), source instanceof Uint8Array ? only(source) : source);
}

/** A small secret, such as a key, for recipients: an age file. */
export const wrapForRecipients = async (recipients: readonly string[], secret: Uint8Array): Promise<Buffer> => {
  const pieces: Buffer[] = [];
  for await (const piece of encryptTo(recipients, secret)) pieces.push(piece);
  return Buffer.concat(pieces);
};

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

const headerFor = async (recipients: readonly string[]): Promise<{ header: Buffer; fileKey: Uint8Array }> => {
  if (recipients.length === 0) throw new VaultError('age-failed', 'there is nobody to encrypt to');
  const encrypter = new Encrypter();
  const learnt: { fileKey: Uint8Array } = { fileKey: new Uint8Array(0) };
  try {
    for (const recipient of recipients) encrypter.addRecipient(recipient);
    // One that adds nothing to the header and learns the file key.
    encrypter.addRecipient({
      wrapFileKey: (fileKey) => {
        learnt.fileKey = Uint8Array.from(fileKey);
        return [];
      },
    });
    const empty = await encrypter.encrypt(new Uint8Array(0));
    return { header: Buffer.from(empty.subarray(0, empty.length - emptyPayloadBytes)), fileKey: learnt.fileKey };
  } catch (cause) {
    throw new VaultError('age-failed', `cannot encrypt to these recipients: ${(cause as Error).message}`, { cause });
  }
};

/** Nonce and the tag of an empty chunk. */
const emptyPayloadBytes = payloadNonceBytes + 16;
