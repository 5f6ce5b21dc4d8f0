import { Decrypter } from 'age-encryption';
import type { Bytes } from '../vault.js';
import { VaultError } from '../vault-error.js';
import { openPayload, payloadKey, payloadNonceBytes } from './payload.js';

/** Bytes; the header of a file for hundreds of recipients has less. */
const largestHeader = 1024 * 1024;

/**
 * Decrypts a file in the format of age 1.x with identities (`AGE-SECRET-KEY-…`). Every byte is authenticated before it is
 * given out.
 * @throws VaultError `age-failed`: no file of age, not for these identities, changed or cut
 */
export async function* decryptWith(identities: readonly string[], source: Bytes): AsyncGenerator<Buffer> {
  const pieces = source instanceof Uint8Array ? only(source) : source[Symbol.asyncIterator]();
  let front = Buffer.alloc(0);
  let headerBytes = endOfHeader(front);
  while (headerBytes === undefined || front.length < headerBytes + payloadNonceBytes) {
    const next = await pieces.next();
    if (next.done === true || front.length > largestHeader) throw new VaultError('age-failed', 'this is no age file');
    front = Buffer.concat([front, next.value]);
    headerBytes ??= endOfHeader(front);
  }
  const fileKey = await fileKeyOf(identities, front.subarray(0, headerBytes));
  const payload = headerBytes + payloadNonceBytes;
  const key = payloadKey(fileKey, front.subarray(headerBytes, payload));
  const rest = async function* () {
    yield front.subarray(payload);
    yield* { [Symbol.asyncIterator]: () => pieces };
  };
  yield* openPayload(key, rest());
}

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** After the line of the header's authentication code: `--- <43 letters>\n`. */
const endOfHeader = (front: Buffer): number | undefined => {
  const mark = front.indexOf('\n--- ');
  const end = mark === -1 ? -1 : front.indexOf('\n', mark + 1);
  return end === -1 ? undefined : end + 1;
};

const fileKeyOf = async (identities: readonly string[], header: Uint8Array): Promise<Uint8Array> => {
  try {
    const decrypter = new Decrypter();
    for (const identity of identities) decrypter.addIdentity(identity);
    return await decrypter.decryptHeader(header);
  } catch (cause) {
    throw new VaultError('age-failed', `none of the identities opens it: ${(cause as Error).message}`, { cause });
  }
};
