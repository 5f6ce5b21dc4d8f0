import { toHex } from '@tutela/core';
import { damaged } from '../archive-error.js';
import type { ArchiveSource } from '../bytes/archive-source.js';
import type { Census, NamesAsked } from '../census/census.js';
import type { CensusLimits } from '../census/limits.js';
import { memberCollector } from '../census/members.js';
import { blockTypes, rar4Signature, readBlock } from './blocks.js';
import { readFileHeader } from './file-header.js';
import { better, type Candidate, hiddenLock, memberLock } from './lock.js';

const archiveFlags = { volume: 0x0001, headersEncrypted: 0x0080, firstVolume: 0x0100 } as const;
const moreVolumes = 0x0001;
const mainHeaderBytes = 13;

/** The census of a RAR 4.x archive whose signature stands at `start`. */
export const rar4Census = async (
  source: ArchiveSource,
  start: number,
  names: NamesAsked,
  limits: CensusLimits,
): Promise<Census> => {
  const mainOffset = start + rar4Signature.length;
  const main = await readBlock(source, mainOffset);
  if (main.type !== blockTypes.main) throw damaged('no main header');
  const isVolume = (main.flags & archiveFlags.volume) !== 0;
  const first = main.flags & archiveFlags.firstVolume ? { number: 1 } : {};
  let volume: Census['volume'] = isVolume ? { kind: 'part', ...first, last: 'unknown' } : { kind: 'single' };

  if (main.flags & archiveFlags.headersEncrypted) {
    const lock = await hiddenLock(source, mainOffset + mainHeaderBytes, volume.kind);
    const hidden = { format: 'rar4', encryption: 'headers', members: [], memberNames: 'hidden' } as const;
    return { ...hidden, locks: [lock], volume, ending: 'no-end-mark' };
  }

  const found = memberCollector(names, limits);
  const candidates = new Map<string, Candidate>();
  let ending: Census['ending'] = 'no-end-mark';
  for (let offset = main.dataOffset + main.dataBytes; offset < source.size; ) {
    const block = await readBlock(source, offset);
    if (block.type === blockTypes.end) {
      if (volume.kind === 'part') volume = { ...volume, last: block.flags & moreVolumes ? 'no' : 'yes' };
      ending = 'whole';
      break;
    }
    let dataBytes = block.dataBytes;
    if (block.type === blockTypes.file || block.type === blockTypes.service) {
      const header = readFileHeader(block);
      dataBytes = header.packedBytes;
      if (block.type === blockTypes.file) {
        if (header.wholeness !== 'goes-on') found.add(header.member);
        if (header.member.encrypted === 'yes' && header.salt !== undefined) {
          offer({ header, salt: header.salt, dataOffset: block.dataOffset });
        }
      }
    }
    offset = block.dataOffset + dataBytes;
    if (offset > source.size) ending = 'truncated';
  }
  const locks = await Promise.all([...candidates.values()].map((candidate) => memberLock(source, candidate)));
  const encryption = locks.length > 0 ? 'data' : 'none';
  return { format: 'rar4', encryption, ...found.result(), locks, volume, ending };

  function offer(candidate: Candidate): void {
    const salt = toHex(candidate.salt);
    const known = candidates.get(salt);
    candidates.set(salt, known === undefined ? candidate : better(known, candidate));
  }
};
