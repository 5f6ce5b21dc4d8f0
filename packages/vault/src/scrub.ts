import { startDigests } from './digests.js';
import { objectName } from './envelope.js';
import type { WrappedCaseKey } from './keys/case-key-store.js';
import type { CaseKey, Keyring } from './keys/keyring.js';
import { openFront, readRange } from './read-object.js';
import type { KeyId, ListedObject, ObjectName, ObjectStore } from './store/object-store.js';
import type { ScrubFinding, ScrubOptions, ScrubProgress, ScrubReport } from './vault.js';
import { VaultError } from './vault-error.js';

interface ScrubDeps {
  readonly store: ObjectStore;
  readonly keyring: Keyring;
}

/**
 * One object after the other: a scrub shares the disk with the work and is in no hurry. An object is good when every
 * chunk opens, and the digest of its bytes is the one in its header and the one that its name was made of.
 */
export const scrubStore = async (deps: ScrubDeps, options: ScrubOptions = {}): Promise<ScrubReport> => {
  const { after, expected = [], shredded: destroyed = new Set(), onProgress, signal } = options;
  const findings: ScrubFinding[] = [];
  let progress: ScrubProgress = { objects: 0, bytes: 0, shredded: 0, ...(after && { reached: after }) };
  const keys = await keysById(deps.keyring);
  for await (const found of deps.store.list(undefined, after)) {
    if (signal?.aborted) return { ...progress, findings, end: 'interrupted' };
    if (found.kind === 'foreign') {
      findings.push(found);
      continue;
    }
    const { keyId, name, size } = found;
    const key = keys.get(keyId) ?? (await keysById(deps.keyring)).get(keyId);
    if (key !== undefined) {
      keys.set(keyId, key);
      findings.push(...(await lookAgain(deps, key, found)));
      progress = { ...progress, objects: progress.objects + 1, bytes: progress.bytes + size };
    } else if (destroyed.has(keyId)) progress = { ...progress, shredded: progress.shredded + 1 };
    else findings.push({ kind: 'key-missing', keyId, name });
    progress = { ...progress, reached: { keyId, name } };
    await onProgress?.(progress, findings);
  }
  for await (const { caseRef, sha256 } of expected) {
    const key = await deps.keyring.find(caseRef);
    if (key.kind === 'refused') continue;
    const held = key.kind === 'done' ? await deps.store.stat(objectName(key.value, sha256)) : key;
    if (held.kind !== 'done') findings.push({ kind: 'missing', caseRef, sha256 });
  }
  return { ...progress, findings, end: 'complete' };
};

const keysById = async ({ keys }: Keyring): Promise<Map<KeyId, WrappedCaseKey>> => {
  const found = new Map<KeyId, WrappedCaseKey>();
  for await (const key of keys.list()) found.set(key.keyId, key);
  return found;
};

const lookAgain = async (
  { store, keyring }: ScrubDeps,
  wrapped: WrappedCaseKey,
  { keyId, name }: ListedObject,
): Promise<readonly ScrubFinding[]> => {
  try {
    await readAgain(store, await keyring.use(wrapped), { keyId, name });
    return [];
  } catch (error) {
    const kind = error instanceof VaultError && error.code === 'damaged' ? 'damaged' : 'unreadable';
    return [{ kind, keyId, name, why: (error as Error).message }];
  }
};

const readAgain = async (store: ObjectStore, key: CaseKey, name: ObjectName): Promise<void> => {
  const front = await openFront(store, key, name);
  // Removed while the scrub was on its way to it.
  if (front === undefined) return;
  const read = readRange(store, name, front, { start: 0 });
  if (read.kind !== 'done') return;
  const digests = startDigests();
  for await (const piece of read.value.bytes as AsyncIterable<Uint8Array>) digests.update(piece);
  const { sha256 } = digests.end();
  if (sha256 !== front.sha256 || objectName(key, sha256).name !== name.name) {
    throw new VaultError('damaged', `the bytes have the digest ${sha256}, the header says ${front.sha256}`);
  }
};
