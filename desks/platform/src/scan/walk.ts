import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';

/** A name below the root: raw bytes, since a file name need not be text. */
export interface Walked {
  /** Path below the root, parts joined by `/`. */
  readonly path: Buffer;
  /** `unreadable-folder`: its entries could not be listed. */
  readonly kind: 'file' | 'unreadable-folder';
}

const slash = Buffer.from('/');

/**
 * Everything below a folder that is no folder, in the order of names by bytes, depth first: always the same order, so
 * that a walk can go on behind any path. Links are named and never followed, so no loop has an end to find.
 * @param after a path below the root, already seen with everything before it
 */
export async function* walk(root: Buffer, after?: Buffer): AsyncGenerator<Walked> {
  yield* walkFolder(root, undefined, after === undefined ? [] : parts(after));
}

async function* walkFolder(root: Buffer, below: Buffer | undefined, after: readonly Buffer[]): AsyncGenerator<Walked> {
  const [first, ...rest] = after;
  const folder = below === undefined ? root : join(root, below);
  let entries: Dirent<Buffer>[];
  try {
    entries = await readdir(folder, { withFileTypes: true, encoding: 'buffer' });
  } catch {
    if (below !== undefined) yield { path: below, kind: 'unreadable-folder' };
    return;
  }
  entries.sort((one, other) => Buffer.compare(one.name, other.name));
  for (const entry of entries) {
    const order = first === undefined ? 1 : Buffer.compare(entry.name, first);
    if (order < 0) continue;
    const path = below === undefined ? entry.name : join(below, entry.name);
    if (entry.isDirectory()) {
      // A folder that could not be listed stands in `after` by itself; it is not tried again.
      if (order === 0 && rest.length === 0) continue;
      yield* walkFolder(root, path, order === 0 ? rest : []);
    } else if (order > 0) {
      yield { path, kind: 'file' };
    }
  }
}

const join = (folder: Buffer, name: Buffer): Buffer => Buffer.concat([folder, slash, name]);

const parts = (path: Buffer): Buffer[] => {
  const found: Buffer[] = [];
  let from = 0;
  for (let to = path.indexOf(0x2f); to !== -1; to = path.indexOf(0x2f, from)) {
    found.push(path.subarray(from, to));
    from = to + 1;
  }
  return [...found, path.subarray(from)];
};
