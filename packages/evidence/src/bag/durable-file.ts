import { createHash } from 'node:crypto';
import { mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import type { BagFile } from './manifest.js';

/** What a file is made of: bytes, or a stream that is opened when its turn comes. */
export type Content = Uint8Array | string | (() => Promise<AsyncIterable<Uint8Array>>);

export const openContent = async (content: Content): Promise<AsyncIterable<Uint8Array> | Iterable<Uint8Array>> => {
  if (typeof content === 'function') return content();
  return [typeof content === 'string' ? Buffer.from(content, 'utf8') : content];
};

/** Writes a new file below `folder`, puts its bytes on the disk and takes its digests in the same pass. */
export const writeDurably = async (folder: string, relative: string, content: Content): Promise<BagFile> => {
  const file = path.join(folder, relative);
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const digests = newDigests();
  const handle = await open(file, 'wx', 0o600);
  try {
    for await (const chunk of await openContent(content)) {
      digests.update(chunk);
      await writeAll(handle, chunk);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  return { path: relative, ...digests.take() };
};

const writeAll = async (handle: Awaited<ReturnType<typeof open>>, chunk: Uint8Array): Promise<void> => {
  for (let at = 0; at < chunk.length; ) at += (await handle.write(chunk, at)).bytesWritten;
};

/** Digests of a file that is there. */
export const digestFile = async (folder: string, relative: string): Promise<BagFile> => {
  const digests = newDigests();
  const handle = await open(path.join(folder, relative), 'r');
  for await (const chunk of handle.createReadStream({ highWaterMark: 1 << 20 })) digests.update(chunk as Buffer);
  return { path: relative, ...digests.take() };
};

const newDigests = () => {
  const hashes = { sha256: createHash('sha256'), sha512: createHash('sha512') };
  let bytes = 0n;
  return {
    update: (chunk: Uint8Array): void => {
      bytes += BigInt(chunk.length);
      hashes.sha256.update(chunk);
      hashes.sha512.update(chunk);
    },
    take: () => ({ bytes, sha256: hashes.sha256.digest('hex'), sha512: hashes.sha512.digest('hex') }),
  };
};

/** Puts the names in a folder on the disk: a file or a renamed folder survives a loss of power only after this. */
export const syncFolder = async (folder: string): Promise<void> => {
  // Windows cannot open a folder for this; its journal keeps renames in order.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** A folder and every folder that leads to one of `files`, innermost first. */
export const syncFolders = async (folder: string, files: readonly { readonly path: string }[]): Promise<void> => {
  const folders = new Set(['.']);
  for (const file of files) {
    for (let at = path.posix.dirname(file.path); at !== '.'; at = path.posix.dirname(at)) folders.add(at);
  }
  for (const relative of [...folders].toSorted((one, other) => other.length - one.length)) {
    await syncFolder(path.join(folder, relative));
  }
};
