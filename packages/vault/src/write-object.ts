import { messageEncryptor } from './cipher/encrypt-message.js';
import { startDigests } from './digests.js';
import { headerBytes, messageKey, newDataKey, objectName, sealHeader, storedSize } from './envelope.js';
import type { CaseKey } from './keys/keyring.js';
import type { ObjectStore } from './store/object-store.js';
import { type StagedFile, stage } from './store/staging.js';
import type { Bytes, PutOptions, Stored } from './vault.js';

/** Ciphertext is written in pieces of about this size. */
const batchBytes = 1024 * 1024;

/**
 * Encrypts while it reads, into a staged file: the name in the store is known only at the end. The header is written
 * last, in the room that was left for it.
 */
export const writeObject = async (
  store: ObjectStore,
  key: CaseKey,
  source: Bytes,
  options: PutOptions | undefined,
): Promise<Stored> => {
  const digests = startDigests(options);
  const dataKey = newDataKey();
  const { file, value: written } = await stage(store.staging, async (staged) => {
    await staged.append(Buffer.alloc(headerBytes));
    await appendMessage(staged, source, dataKey, digests.update);
    const end = digests.end();
    await staged.overwrite(0, sealHeader(key, { dataKey, sha256: end.sha256, size: end.size }));
    return end;
  });
  const status = await store.put(objectName(key, written.sha256), file, storedSize(written.size));
  return { ...written, status };
};

const appendMessage = async (
  staged: StagedFile,
  source: Bytes,
  dataKey: Uint8Array,
  onPlain: (piece: Uint8Array) => void,
): Promise<void> => {
  const encryptor = messageEncryptor(messageKey(dataKey));
  const batch: Uint8Array[] = [encryptor.prefix];
  let held = encryptor.prefix.length;
  let writing: Promise<void> = Promise.resolve();
  /** The disk writes one batch while the next one is encrypted. */
  const flush = async (): Promise<void> => {
    await writing;
    writing = staged.append(Buffer.concat(batch.splice(0)));
    writing.catch(() => undefined);
    held = 0;
  };
  const add = (sealed: readonly Uint8Array[]): void => {
    for (const piece of sealed) held += piece.length;
    batch.push(...sealed);
  };
  for await (const piece of source instanceof Uint8Array ? slices(source) : source) {
    onPlain(piece);
    add(encryptor.update(piece));
    if (held >= batchBytes) await flush();
  }
  add(encryptor.end());
  await flush();
  await writing;
};

/** A large buffer is worked off like a stream, so that its ciphertext is not all in memory. */
function* slices(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += batchBytes) yield bytes.subarray(at, at + batchBytes);
}
