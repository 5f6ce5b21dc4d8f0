import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { encode, makePicture } from '@tutela/testkit';
import type { Ground } from './ground.js';

/**
 * Uploads to the node as a service would make them: harmless pictures, all of them on a list, so that each is a match.
 * @returns SHA-256 of the originals
 */
export const uploadKnownPictures = async ({ node, run }: Ground, count: number): Promise<ReadonlySet<string>> => {
  const pictures = await Promise.all(Array.from({ length: count }, (_, nth) => encode(makePicture(nth + 1))));
  const digests = pictures.map((bytes) => createHash('sha256').update(bytes).digest('hex'));
  const folder = await mkdtemp(path.join(tmpdir(), 'tutela list '));
  const list = path.join(folder, 'known.txt');
  await writeFile(list, digests.map((digest) => `${digest}  harmless.png\n`).join(''));
  await run('list', 'import', list, '--name', 'known', '--hex64', 'sha256');
  await rm(folder, { recursive: true });
  for (const [nth, bytes] of pictures.entries()) {
    const form = new FormData();
    form.set('account', `account-${nth % 3}`);
    form.set('list', 'known');
    form.set('uploadedAt', `2026-03-01T10:${String(nth).padStart(2, '0')}:00Z`);
    form.set('file', new Blob([new Uint8Array(bytes)]), `picture-${nth}.png`);
    const headers = { authorization: `Bearer ${node.key}` };
    const answer = await fetch(`${node.origin}/platform/uploads`, { method: 'POST', body: form, headers });
    if (!answer.ok) throw new Error(await answer.text());
  }
  return new Set(digests);
};
