import { mkdir, open } from 'node:fs/promises';
import path from 'node:path';

/** Puts the names in a folder on the disk: a renamed file survives a loss of power only after this. */
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

/** Makes `folder` below `root`, and puts every name on the way on the disk. */
export const makeDurableFolder = async (root: string, folder: string): Promise<void> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (let parent = path.dirname(folder); ; parent = path.dirname(parent)) {
    await syncFolder(parent);
    if (parent === root || parent === path.dirname(parent)) return;
  }
};
