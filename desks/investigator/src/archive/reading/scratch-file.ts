import { randomUUID } from 'node:crypto';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import path from 'node:path';

/** A file without a name: nothing stays behind, whatever becomes of this process. */
export const openScratchFile = async (folder: string): Promise<FileHandle> => {
  const place = path.join(folder, `tutela-item-${randomUUID()}`);
  const file = await open(place, 'wx+', 0o600);
  await unlink(place);
  return file;
};
