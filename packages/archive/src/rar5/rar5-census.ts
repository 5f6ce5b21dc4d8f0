import { damaged, unsupported } from '../archive-error.js';
import { type ArchiveSource, readExactly } from '../bytes/archive-source.js';
import type { Census, Member, NamesAsked } from '../census/census.js';
import type { CensusLimits } from '../census/limits.js';
import type { Lock } from '../census/lock.js';
import { memberCollector } from '../census/members.js';
import { type Block, blockTypes, rar5Signature, readBlock, readVint } from './blocks.js';
import { lockOf, readFileHeader } from './fields.js';

const archiveFlags = { volume: 1, hasNumber: 2 } as const;
const continues = { fromPrevious: 8, inNext: 16 } as const;

/** The census of a RAR 5.0 archive whose signature stands at `start`. */
export const rar5Census = async (
  source: ArchiveSource,
  start: number,
  names: NamesAsked,
  limits: CensusLimits,
): Promise<Census> => {
  const found = memberCollector(names, limits);
  const locks = new Map<string, Lock>();
  let volume: Census['volume'] = { kind: 'single' };
  let ending: Census['ending'] = 'truncated';

  for (let offset = start + rar5Signature.length; offset < source.size; ) {
    const block = await readBlock(source, offset);
    if (block.type === blockTypes.encryption) {
      const lock = await hiddenLock(source, block);
      // Volumes of an archive with encrypted headers do not show that they are volumes.
      return { ...shown('headers'), members: [], memberNames: 'hidden', locks: [lock], ending: 'no-end-mark' };
    }
    if (block.type === blockTypes.main) volume = volumeOf(block);
    if (block.type === blockTypes.file) collect(block);
    if (block.type === blockTypes.end) {
      const last = readVint(block.fields) & 1 ? 'no' : 'yes';
      if (volume.kind === 'part') volume = { ...volume, last };
      ending = 'whole';
      break;
    }
    if (block.nextOffset <= offset) throw damaged(`a block that ends before it starts at ${offset}`);
    offset = block.nextOffset;
    if (offset > source.size) break;
  }
  const { members, memberNames } = found.result();
  return { ...shown(locks.size > 0 ? 'data' : 'none'), members, memberNames, locks: [...locks.values()], ending };

  function collect(block: Block): void {
    const { member, lock } = readFileHeader(block);
    if (lock !== undefined && !locks.has(lock.key)) locks.set(lock.key, lock);
    if ((block.flags & continues.fromPrevious) === 0) found.add(partial(block, member));
  }
  function shown(encryption: Census['encryption']): Pick<Census, 'format' | 'encryption' | 'volume'> {
    return { format: 'rar5', encryption, volume };
  }
};

const partial = (block: Block, member: Member): Member => {
  if ((block.flags & continues.inNext) === 0) return member;
  const { packedBytes: _, ...split } = member;
  return split;
};

const volumeOf = ({ fields }: Block): Census['volume'] => {
  const flags = readVint(fields);
  if ((flags & archiveFlags.volume) === 0) return { kind: 'single' };
  const number = flags & archiveFlags.hasNumber ? readVint(fields) + 1 : 1;
  return { kind: 'part', number, last: 'unknown' };
};

/** "Archive encryption header": what follows is encrypted, each header after an initialisation vector of its own. */
const hiddenLock = async (source: ArchiveSource, { fields, nextOffset }: Block): Promise<Lock> => {
  if (readVint(fields) !== 0) throw unsupported('an encryption of a later version of RAR');
  const flags = readVint(fields);
  const log2Rounds = fields.u8();
  const salt = fields.take(16);
  const checkValue = flags & 1 ? fields.take(12) : undefined;
  return lockOf({ log2Rounds, salt, iv: await readExactly(source, nextOffset, 16), checkValue });
};
