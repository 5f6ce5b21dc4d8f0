import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import { done, type Outcome, refused } from '@tutela/core';
import type { Container } from './delivery.js';

/** Looks at a file: its digest, and by its first bytes what it is. */
export const openContainer = async (file: string): Promise<Outcome<Container, 'unreadable-file'>> => {
  try {
    // Opening a pipe would wait for somebody who writes to it.
    const found = await stat(file);
    if (!found.isFile()) return refused('unreadable-file', `${file} is not a file`);
    const handle = await open(file, 'r');
    try {
      const { buffer } = await handle.read(Buffer.alloc(4), 0, 4, 0);
      const kind = isZip(buffer) ? 'zip' : 'json';
      const sha256 = await digestFile(file);
      return done({ path: file, name: path.basename(file), size: found.size, sha256, kind });
    } finally {
      await handle.close();
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return refused('unreadable-file', `${file} cannot be read (${code})`);
  }
};

/** APPNOTE.TXT §4.3.7 and §4.3.16: a local file header, or the end of an empty directory. */
const isZip = (start: Buffer): boolean => ['504b0304', '504b0506'].includes(start.toString('hex'));

const digestFile = async (file: string): Promise<string> => {
  const sha256 = createHash('sha256');
  for await (const chunk of createReadStream(file)) sha256.update(chunk as Buffer);
  return sha256.digest('hex');
};
