import {
  type Census,
  type CensusCode,
  joinSources,
  type Lock,
  type Member,
  type NamesAsked,
  takeCensus,
  type VolumeSet,
} from '@tutela/archive';
import { groupBy, type Outcome } from '@tutela/core';
import type { MayGoOn } from '../../seizure/image/until-stopped.js';
import type { ArchiveItem } from '../archive-item.js';
import { closeAll, type ItemReader, openAll } from '../item-reader.js';
import { isPassing, type ReadFault } from '../reading/readable-item.js';

export type SetState = 'open-able' | 'locked' | 'damaged' | 'unsupported' | 'limit';

/** What the headers of an archive's files say together. */
export interface ExaminedSet {
  readonly volumes: readonly ArchiveItem[];
  readonly missing: readonly number[];
  readonly joining: 'linked' | 'joined';
  readonly state: SetState;
  readonly reason?: string;
  readonly census?: Pick<Census, 'format' | 'encryption' | 'memberNames' | 'comment'>;
  readonly members: readonly Member[];
  readonly locks: readonly Lock[];
  /** Of the volume, where a header says it: for files whose names do not. */
  readonly volumeNumber?: number;
}

/**
 * Reads the headers of one archive. Whatever is wrong with it is its state, never an error of the work.
 * @returns `not-now` where nothing was learnt of it: it is examined another time
 */
export const examineSet = async (
  reader: ItemReader,
  { volumes, missing, joining }: VolumeSet<ArchiveItem>,
  names: NamesAsked,
  mayGoOn: MayGoOn,
): Promise<ExaminedSet | 'not-now'> => {
  const shape = { volumes, missing, joining, members: [], locks: [] };
  const opened = await openAll(reader, volumes, mayGoOn);
  if (opened.kind !== 'done') {
    const { code } = opened.reason;
    return isPassing(code) ? 'not-now' : { ...shape, state: stateUnread(code), reason: code };
  }
  try {
    const sources = opened.value.map(({ source }) => source);
    const censuses: Outcome<Census, CensusCode>[] = [];
    if (joining === 'joined') censuses.push(await takeCensus(joinSources(sources), { names }));
    else for (const source of sources) censuses.push(await takeCensus(source, { names }));
    return { ...shape, ...merge(censuses, missing) };
  } finally {
    await closeAll(opened.value);
  }
};

const stateUnread = (fault: ReadFault): SetState => (fault === 'too-large' ? 'limit' : 'damaged');

const merge = (
  censuses: readonly Outcome<Census, CensusCode>[],
  missing: readonly number[],
): Pick<ExaminedSet, 'state' | 'reason' | 'census' | 'members' | 'locks' | 'volumeNumber'> => {
  const done = censuses.flatMap((outcome) => (outcome.kind === 'done' ? [outcome.value] : []));
  // Of a ZIP in several files only the last begins and ends like one.
  const first = done.find(({ format }) => format !== 'zip') ?? done.at(-1);
  const fault = censuses.find((outcome) => outcome.kind !== 'done');
  if (first === undefined) return { ...faultOf(fault), members: [], locks: [] };
  // The first volume's counts: its lock holds what the later ones repeat.
  const inOrder = [...done].reverse();
  const members = new Map(inOrder.flatMap((census) => census.members.map((member) => [member.name, member])));
  const locks = new Map(inOrder.flatMap((census) => census.locks.map((lock) => [lock.key, lock])));
  const { format, encryption, memberNames } = first;
  const comment = done.find((census) => census.comment !== undefined)?.comment;
  const number = first.volume.kind === 'part' ? first.volume.number : undefined;
  return {
    census: { format, encryption, memberNames, ...(comment !== undefined && { comment }) },
    members: [...members.values()],
    locks: [...locks.values()].sort(byCost),
    ...(number !== undefined && { volumeNumber: number }),
    ...stateOf(first, locks.size, fault !== undefined && format !== 'zip' ? faultOf(fault) : undefined, missing),
  };
};

const stateOf = (
  { encryption, ending }: Census,
  locks: number,
  fault: Pick<ExaminedSet, 'state' | 'reason'> | undefined,
  missing: readonly number[],
): Pick<ExaminedSet, 'state' | 'reason'> => {
  const reason =
    missing.length > 0 ? 'volume-missing' : (fault?.reason ?? (ending === 'truncated' ? 'truncated' : undefined));
  const why = reason === undefined ? {} : { reason };
  if (encryption === 'none') return reason === undefined ? { state: 'open-able' } : { state: 'damaged', ...why };
  return locks === 0 ? { state: 'unsupported', reason: 'no-key-material' } : { state: 'locked', ...why };
};

const faultOf = (outcome: Outcome<Census, CensusCode> | undefined): Pick<ExaminedSet, 'state'> & { reason: string } => {
  if (outcome === undefined || outcome.kind === 'done') return { state: 'damaged', reason: 'damaged' };
  const { code } = outcome.reason;
  switch (code) {
    case 'limit-reached':
      return { state: 'limit', reason: code };
    case 'damaged':
      return { state: 'damaged', reason: code };
    case 'unsupported':
    case 'not-an-archive':
      return { state: 'unsupported', reason: code };
  }
};

/** What is cheapest to decide leads: the smallest data, and last what only opening decides. */
const byCost = (one: Lock, other: Lock): number => weight(one) - weight(other) || (one.key < other.key ? -1 : 1);
const weight = ({ check }: Lock): number =>
  check.scheme === 'by-opening' ? Number.MAX_SAFE_INTEGER : 'data' in check ? check.data.length : 0;

/** Files without names that hold the same key material and number themselves are the volumes of one archive. */
export const mergeByLocks = (sets: readonly ExaminedSet[]): readonly ExaminedSet[] => {
  const nameless = sets.filter(isNamelessVolume);
  const merged = groupBy(nameless, ({ locks }) => locks.map(({ key }) => key).join()).values();
  return [...sets.filter((set) => !isNamelessVolume(set)), ...[...merged].map(joined)];
};

const isNamelessVolume = ({ volumes, locks, volumeNumber }: ExaminedSet): boolean =>
  volumes.length === 1 && volumes[0]?.path === null && volumeNumber !== undefined && locks.length > 0;

const joined = (group: readonly ExaminedSet[]): ExaminedSet => {
  const ordered = [...group].sort((one, other) => (one.volumeNumber ?? 0) - (other.volumeNumber ?? 0));
  const [first] = ordered as [ExaminedSet];
  const present = new Set(ordered.map(({ volumeNumber }) => volumeNumber ?? 0));
  const missing = Array.from({ length: Math.max(...present) }, (_, at) => at + 1).filter((one) => !present.has(one));
  const members = new Map(ordered.flatMap((set) => set.members.map((member) => [member.name, member])));
  return {
    ...first,
    volumes: ordered.flatMap(({ volumes }) => volumes),
    members: [...members.values()],
    missing,
    ...(missing.length > 0 && { reason: 'volume-missing' }),
  };
};
