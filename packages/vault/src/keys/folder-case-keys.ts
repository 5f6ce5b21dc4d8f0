import { createHash } from 'node:crypto';
import { access, mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { done, nothing, type Outcome, refused, type UtcInstant } from '@tutela/core';
import { isKeyId } from '../store/object-store.js';
import { VaultError } from '../vault-error.js';
import type { CaseKeyFault, CaseKeyStore, WrappedCaseKey } from './case-key-store.js';
import { destroyFile, writeOnce, writeOver } from './private-file.js';

/**
 * Wrapped case keys as files of a folder: `<SHA-256 of the case reference>.key`, and `.destroyed` in the place of one
 * that was destroyed. The folder must not lie below that of the objects, nor in their backups.
 */
export const openFolderCaseKeys = async (folder: string): Promise<CaseKeyStore> => {
  const root = path.resolve(folder);
  await mkdir(root, { recursive: true, mode: 0o700 });
  const fileOf = (caseRef: string, ending: 'key' | 'destroyed'): string =>
    path.join(root, `${digestOf(caseRef)}.${ending}`);
  const isDestroyed = (caseRef: string): Promise<boolean> => exists(fileOf(caseRef, 'destroyed'));

  const add: CaseKeyStore['add'] = async (key) => {
    if (await isDestroyed(key.caseRef)) return 'key-destroyed';
    const file = fileOf(key.caseRef, 'key');
    const written = await writeOnce(file, textOf(key));
    // It may have been destroyed between the look and the writing.
    if (!(await isDestroyed(key.caseRef))) return written === 'written' ? 'added' : 'already-there';
    await destroyFile(file);
    return 'key-destroyed';
  };
  const find = async (caseRef: string): Promise<Outcome<WrappedCaseKey, CaseKeyFault>> => {
    if (await isDestroyed(caseRef)) return refused('key-destroyed', `the key of ${caseRef} was destroyed`);
    const file = fileOf(caseRef, 'key');
    const key = await readKey(file);
    // Nobody else's, such as that of a case whose own place is marked as destroyed.
    if (key !== undefined && key.caseRef !== caseRef) throw misplaced(file);
    return key === undefined ? nothing('no-case-key', `${caseRef} has no key`) : done(key);
  };
  const destroy: CaseKeyStore['destroy'] = async (caseRef) => {
    const before = await find(caseRef);
    if (before.kind === 'nothing') return 'no-case-key';
    // The mark first: a kill in between leaves a key that nobody uses any more and the next call removes.
    await writeOnce(fileOf(caseRef, 'destroyed'), '');
    const file = await destroyFile(fileOf(caseRef, 'key'));
    return before.kind === 'done' || file === 'destroyed' ? 'destroyed' : 'already-destroyed';
  };
  const rewrap: CaseKeyStore['rewrap'] = async (key) => {
    if ((await find(key.caseRef)).kind !== 'done') return 'gone';
    await writeOver(fileOf(key.caseRef, 'key'), textOf(key));
    if (!(await isDestroyed(key.caseRef))) return 'rewrapped';
    await destroyFile(fileOf(key.caseRef, 'key'));
    return 'gone';
  };
  return { place: `folder ${root}`, add, find, list: () => list(root), rewrap, destroy };
};

const digestOf = (caseRef: string): string => createHash('sha256').update(caseRef).digest('hex');

const misplaced = (file: string): VaultError =>
  new VaultError('key-unusable', `${file} holds the key of another case: restore it`);

async function* list(root: string): AsyncGenerator<WrappedCaseKey> {
  for (const name of await readdir(root)) {
    if (!name.endsWith('.key') || (await exists(path.join(root, name.replace(/key$/, 'destroyed'))))) continue;
    const key = await readKey(path.join(root, name));
    if (key !== undefined && `${digestOf(key.caseRef)}.key` !== name) throw misplaced(path.join(root, name));
    if (key !== undefined) yield key;
  }
}

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw new VaultError('read-failed', `cannot look at ${file}`, { cause: error });
    },
  );

const textOf = ({ wrapped, ...key }: WrappedCaseKey): string =>
  `${JSON.stringify({ v: 1, ...key, wrapped: Buffer.from(wrapped).toString('base64') })}\n`;

const readKey = async (file: string): Promise<WrappedCaseKey | undefined> => {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new VaultError('read-failed', `cannot read ${file}`, { cause: error });
  });
  if (text === undefined) return undefined;
  const key = parse(text);
  if (key === undefined) throw new VaultError('key-unusable', `${file} is spoilt: restore it`);
  return key;
};

const parse = (text: string): WrappedCaseKey | undefined => {
  try {
    const { v, keyId, caseRef, installationKey, wrapped, createdAt } = JSON.parse(text) as Record<string, unknown>;
    const texts = [keyId, caseRef, installationKey, wrapped, createdAt];
    if (v !== 1 || !texts.every((one) => typeof one === 'string') || !isKeyId(keyId as string)) return undefined;
    return {
      keyId: keyId as WrappedCaseKey['keyId'],
      caseRef: caseRef as string,
      installationKey: installationKey as string,
      wrapped: Buffer.from(wrapped as string, 'base64'),
      createdAt: createdAt as UtcInstant,
    };
  } catch {
    return undefined;
  }
};
