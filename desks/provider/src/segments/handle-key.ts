import { hkdfSync, randomBytes } from 'node:crypto';
import { chmod, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type OpaqueTags, openOpaqueTags } from '@tutela/attribution';
import { ProviderError } from '../provider-error.js';

export interface Handles {
  readonly tags: OpaqueTags;
  /** For what an ingest hands on to the next one. */
  readonly sealKey: Uint8Array;
}

/**
 * The key under which customers and addresses become opaque; made once, and of two processes that start together both
 * get the same. Whoever loses it loses the way from every segment to a name.
 * @throws ProviderError `key-unusable`
 */
export const openHandles = async (folder: string): Promise<Handles> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  const file = path.join(folder, 'handles.key');
  const fresh = path.join(folder, `handles.${randomBytes(6).toString('hex')}`);
  await writeFile(fresh, randomBytes(32), { mode: 0o400, flag: 'wx' });
  // Fails where there is one already, which is then the key.
  await link(fresh, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(fresh);
  const key = await readFile(file);
  if (key.length !== 32) throw new ProviderError('key-unusable', 'handles.key has not 32 bytes');
  return {
    tags: openOpaqueTags(key),
    sealKey: new Uint8Array(hkdfSync('sha256', key, '', 'tutela carried state', 32)),
  };
};
