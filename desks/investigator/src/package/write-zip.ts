import { createHash } from 'node:crypto';
import { open, rename } from 'node:fs/promises';
import path from 'node:path';
import { packageZip } from '@tutela/evidence';

export interface WrittenZip {
  readonly sha256: string;
  readonly bytes: number;
}

/** A package as one file; under its name only once it is whole and on the disk. The same package is the same file. */
export const writeZip = async (folder: string, file: string): Promise<WrittenZip> => {
  const aside = `${file}.part`;
  const hash = createHash('sha256');
  let bytes = 0;
  const handle = await open(aside, 'w', 0o600);
  try {
    for await (const chunk of await packageZip(folder)) {
      hash.update(chunk as Uint8Array);
      bytes += (chunk as Uint8Array).length;
      await handle.writeFile(chunk as Uint8Array);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(aside, file);
  await syncFolder(path.dirname(file));
  return { sha256: hash.digest('hex'), bytes };
};

const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};
