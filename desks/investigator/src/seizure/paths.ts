import { createHash } from 'node:crypto';
import type { Base64Path } from './unit-locator.js';

/** A path below the source as raw bytes, parts joined by `/`; the root is empty. */
export type RawPath = Buffer;

const slash = Buffer.from('/');

export const rootPath: RawPath = Buffer.alloc(0);
export const joinPath = (folder: RawPath, name: Buffer): RawPath =>
  folder.length === 0 ? name : Buffer.concat([folder, slash, name]);
export const below = (root: Buffer, path: RawPath): Buffer =>
  path.length === 0 ? root : Buffer.concat([root, slash, path]);

export const folderAbove = (path: RawPath): RawPath => path.subarray(0, Math.max(0, path.lastIndexOf(0x2f)));

export const toBase64 = (path: RawPath): Base64Path => path.toString('base64');
export const fromBase64 = (path: Base64Path): RawPath => Buffer.from(path, 'base64');

/** As a row keeps it: text, and the bytes too where they are no UTF-8. */
export const printedPath = (path: RawPath): { readonly text: string; readonly bytes: Buffer | null } => {
  const text = path.toString('utf8');
  return { text, bytes: Buffer.from(text, 'utf8').equals(path) ? null : path };
};

/** SHA-256 of a path, hexadecimal: how a file is known where its name is not kept. */
export const digestOfPath = (path: RawPath): string => createHash('sha256').update(path).digest('hex');

/** Which of so many shares a file is in, by the digest of its path. */
export const shareOf = (pathSha256: string, parts: number): number =>
  Number.parseInt(pathSha256.slice(0, 12), 16) % parts;
