import {
  bagitText,
  type Contents,
  formatBagInfo,
  manifestAlgorithms,
  manifestPath,
  packagePaths,
  scopeOf,
} from '../format/index.js';
import { type Content, syncFolders, writeDurably } from './durable-file.js';
import { type BagFile, manifestText } from './manifest.js';

/**
 * Makes a folder a bag of RFC 8493 (version 1.0): declaration, information, manifests with SHA-512 and SHA-256 over the
 * payload (`data/`) and over every other file but the tag manifests. All of it is on the disk afterwards.
 * @param files every file that is there, with digests
 */
export const sealBag = async (folder: string, files: readonly BagFile[], contents: Contents): Promise<void> => {
  const payload = files.filter(({ path }) => scopeOf(path) === 'payload');
  const tags = files.filter(({ path }) => scopeOf(path) === 'tag');
  const tag = async (path: string, content: Content): Promise<void> => {
    tags.push(await writeDurably(folder, path, content));
  };
  await tag(packagePaths.bagit, bagitText);
  const bytes = payload.reduce((sum, file) => sum + file.bytes, 0n);
  await tag(packagePaths.bagInfo, formatBagInfo(contents, { bytes, files: payload.length }));
  for (const algorithm of manifestAlgorithms) {
    await tag(manifestPath('payload', algorithm), manifestText(payload, algorithm));
  }
  for (const algorithm of manifestAlgorithms) {
    await writeDurably(folder, manifestPath('tag', algorithm), manifestText(tags, algorithm));
  }
  await syncFolders(folder, files);
};
