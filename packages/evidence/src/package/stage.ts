import { readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { digestFile } from '../bag/durable-file.js';
import type { BagFile } from '../bag/manifest.js';
import { packagePaths, parseContents } from '../format/index.js';
import { contentsDigest, type WrittenContents } from './write-contents.js';

/** Beside the package until it is whole; a name that no package has. */
export const stageOf = (folder: string, name: string): string => path.join(folder, `.${name}.partial`);

export const existsAt = async (place: string): Promise<'there' | 'not-there'> => {
  try {
    await stat(place);
    return 'there';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'not-there';
    throw error;
  }
};

/**
 * What an earlier try left, when it is just what the ledger was told: every file is read again. Whatever comes after the
 * event is taken away, since it is written anew.
 * @param digest of the contents that the ledger was told
 */
export const reopenStage = async (stage: string, digest: string): Promise<WrittenContents | undefined> => {
  if ((await existsAt(path.join(stage, packagePaths.contents))) === 'not-there') return undefined;
  const parsed = parseContents(await readFile(path.join(stage, packagePaths.contents)));
  if (parsed.kind !== 'done' || contentsDigest(parsed.value) !== digest) return undefined;
  const files: BagFile[] = [await digestFile(stage, packagePaths.contents)];
  for (const { path: name, sha256 } of parsed.value.files) {
    if ((await existsAt(path.join(stage, name))) === 'not-there') return undefined;
    const file = await digestFile(stage, name);
    if (file.sha256 !== sha256) return undefined;
    files.push(file);
  }
  await keepOnly(stage, new Set(files.map((file) => file.path)));
  return { contents: parsed.value, digest, files };
};

const keepOnly = async (stage: string, kept: ReadonlySet<string>): Promise<void> => {
  for (const entry of await readdir(stage, { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory()) continue;
    const place = path.join(entry.parentPath, entry.name);
    if (!kept.has(path.relative(stage, place).split(path.sep).join('/'))) await rm(place);
  }
  await rm(path.join(stage, 'data', 'ledger'), { recursive: true, force: true });
};
