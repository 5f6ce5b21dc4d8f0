import { createReadStream } from 'node:fs';
import { opendir } from 'node:fs/promises';
import path from 'node:path';
import { startDigests } from './digests.js';
import { type Layout, objectPath } from './layout.js';
import { isAddress, type ScrubFinding, type ScrubOptions, type ScrubReport, type Sha256 } from './vault.js';

/** One object after the other: a scrub shares the disk with the work and is in no hurry. */
export const scrubObjects = async (
  layout: Layout,
  has: (sha256: Sha256) => Promise<'present' | 'absent'>,
  { expected = [] }: ScrubOptions,
): Promise<ScrubReport> => {
  const findings: ScrubFinding[] = [];
  let objects = 0;
  let bytes = 0;
  for await (const file of filesBelow(layout.objects)) {
    const sha256 = path.basename(file);
    if (!isAddress(sha256) || objectPath(layout, sha256) !== file) {
      findings.push({ kind: 'foreign', path: path.relative(path.dirname(layout.objects), file) });
      continue;
    }
    objects++;
    const read = await readAgain(file, sha256);
    if ('size' in read) bytes += read.size;
    if (read.kind !== 'good') findings.push(read);
  }
  for await (const sha256 of expected) {
    if ((await has(sha256)) === 'absent') findings.push({ kind: 'missing', sha256 });
  }
  return { objects, bytes, findings };
};

async function* filesBelow(folder: string): AsyncGenerator<string> {
  for await (const entry of await opendir(folder)) {
    const found = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(found);
    else yield found;
  }
}

type ReadAgain =
  | { readonly kind: 'good'; readonly size: number }
  | Exclude<ScrubFinding, { kind: 'missing' | 'foreign' }>;

const readAgain = async (file: string, sha256: Sha256): Promise<ReadAgain> => {
  const digests = startDigests();
  try {
    for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) digests.update(chunk);
  } catch (error) {
    return { kind: 'unreadable', sha256, message: (error as Error).message };
  }
  const { sha256: found, size } = digests.end();
  return found === sha256 ? { kind: 'good', size } : { kind: 'damaged', sha256, found, size };
};
