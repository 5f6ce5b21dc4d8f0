import {
  comparePaths,
  limits,
  type ManifestAlgorithm,
  type ManifestScope,
  manifestAlgorithms,
  manifestPath,
  parseManifestLine,
  scopeOf,
} from '../format/index.js';
import { type DigestingReader, toTheEnd } from './digesting.js';
import type { FaultList } from './fault.js';
import type { Inventory } from './inventory.js';
import { linesOf } from './lines.js';

/** What the manifests say of a file: a digest each, absent where a manifest does not name it. */
export type Listed = Partial<Record<ManifestAlgorithm, string>>;

/** By path. */
export type Manifests = ReadonlyMap<string, Listed>;

/** Longest line: digest, two spaces, path. */
const longestLine = 128 + 2 + limits.pathBytes;

export const readManifests = async (
  reader: DigestingReader,
  inventory: Inventory,
  faults: FaultList,
): Promise<Manifests> => {
  const listed = new Map<string, Listed>();
  for (const scope of ['tag', 'payload'] as const) {
    for (const algorithm of manifestAlgorithms) {
      const file = manifestPath(scope, algorithm);
      if (!inventory.has(file)) continue;
      if ((inventory.get(file) as bigint) > BigInt(limits.manifestBytes)) {
        faults.add('manifest-malformed', { file }, `it is longer than ${limits.manifestBytes} bytes`);
        continue;
      }
      await readManifest(reader, { scope, algorithm, file }, listed, faults);
    }
  }
  return listed;
};

interface Manifest {
  readonly scope: ManifestScope;
  readonly algorithm: ManifestAlgorithm;
  readonly file: string;
}

const readManifest = async (
  reader: DigestingReader,
  { scope, algorithm, file }: Manifest,
  listed: Map<string, Listed>,
  faults: FaultList,
): Promise<void> => {
  let before = '';
  const malformed = (number: number, why: string): void =>
    faults.add('manifest-malformed', { file }, `line ${number}: ${why}`);
  for await (const { number, text, why } of linesOf(toTheEnd(reader.read(file)), longestLine)) {
    if (text === undefined) {
      malformed(number, why ?? 'not text');
      continue;
    }
    const read = parseManifestLine(algorithm, text);
    if (read.kind === 'malformed') malformed(number, read.why);
    else if (read.kind === 'unsafe') faults.add('unsafe-path', { file }, `line ${number}: ${read.path} is ${read.why}`);
    else if (listed.size >= limits.files) return malformed(number, `more than ${limits.files} files`);
    else {
      const { path, digest } = read.line;
      if (scopeOf(path) !== scope) malformed(number, `${path} does not belong into this manifest`);
      if (before !== '' && comparePaths(before, path) >= 0) malformed(number, 'not sorted by path, or twice');
      before = path;
      listed.set(path, { ...listed.get(path), [algorithm]: digest });
    }
  }
};
