import { done, type Outcome, undecidable } from '@tutela/core';
import type { ByteRange } from '../ewf/verify-ewf.js';
import type { ImageEntry } from '../listing/entry.js';
import { type OpenImage, streamOf } from '../open-image.js';
import type { ToolCode } from '../tool/tool-run.js';
import { offsetOf, type Volume } from '../volume/volume.js';

type Place = Pick<Volume, 'startSector'>;

/** Which of the damaged ranges a file's blocks lie in, by `istat`; undecidable where that does not list them. */
export const damageTo = async (
  image: OpenImage,
  volume: Place,
  { inode, size, state }: Pick<ImageEntry, 'inode' | 'size' | 'state'>,
  damaged: readonly ByteRange[],
): Promise<Outcome<readonly ByteRange[], ToolCode | 'damage-unknown'>> => {
  if (size === 0) return done([]);
  // What a deleted file's blocks were is the tool's guess, and istat shows but the first.
  if (state !== 'allocated') return undecidable('damage-unknown', 'where a deleted file lay is not listed');
  const unit = await unitOf(image, volume);
  if (unit.kind !== 'done') return unit;
  const start = volume.startSector * image.sectorBytes;
  const hit = new Set<ByteRange>();
  let blocks = 0;
  let unitBytes = unit.value;
  const read = await linesOf(image, volume, { tool: 'istat', after: [inode] }, (line) => {
    if (line === 'Sectors:') unitBytes = image.sectorBytes;
    if (!/^\d+( \d+)* ?$/.test(line)) return undefined;
    for (const block of line.trim().split(' ').map(Number)) {
      // 0 stands for a hole, or fills the last row.
      if (block === 0) continue;
      blocks++;
      const from = start + block * unitBytes;
      for (const range of damaged) if (from < range.to && from + unitBytes > range.from) hit.add(range);
    }
    return undefined;
  });
  if (read.kind !== 'done') return read;
  if (hit.size > 0) return done([...hit]);
  return blocks * unitBytes >= size ? done([]) : undecidable('damage-unknown', 'not all of its blocks are listed');
};

/** Bytes of the blocks that `istat` counts. */
const unitOf = async (image: OpenImage, volume: Place): Promise<Outcome<number, ToolCode | 'damage-unknown'>> => {
  let found = image.sectorBytes;
  const read = await linesOf(image, volume, { tool: 'fsstat', after: [] }, (line) => {
    const size = /^(?:Block Size|Cluster Size): (\d+)$/.exec(line)?.[1];
    if (size === undefined) return undefined;
    found = Number(size);
    return 'stop';
  });
  return read.kind === 'done' ? done(found) : read;
};

const linesOf = (
  image: OpenImage,
  volume: Place,
  { tool, after }: { readonly tool: 'istat' | 'fsstat'; readonly after: readonly string[] },
  each: (line: string) => undefined | 'stop',
) => {
  let held = '';
  return streamOf(image, { tool, parameters: offsetOf(volume), after }, (piece) => {
    const lines = (held + piece.toString('latin1')).split('\n');
    held = lines.pop() ?? '';
    for (const line of lines) if (each(line) === 'stop') return 'stop';
    return undefined;
  });
};
