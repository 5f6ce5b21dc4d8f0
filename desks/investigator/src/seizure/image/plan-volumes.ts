import { done, type Outcome } from '@tutela/core';
import { type ByteRange, listFiles, type OpenImage, readVolumes, type Volume, verifyEwf } from '@tutela/image';
import type { RawPath } from '../paths.js';
import {
  folderRefusal,
  type PlanDeps,
  type PlannedUnit,
  type Refusal,
  sharesFor,
  type UnitPlan,
} from '../plan/plan.js';

/** The folder that a volume's files stand below: its first sector tells it from others. */
export const volumePath = (startSector: number): RawPath => Buffer.from(`volume-${startSector}`);

/**
 * The volumes of an image, each in shares of its files. One without a file system that is read here is unreadable, by
 * its name. An E01 is checked against its own sums first, since the tools hand out zeros for what is damaged.
 */
export const planVolumes = async (deps: PlanDeps, image: OpenImage): Promise<UnitPlan | 'stopped'> => {
  const found = await readVolumes(image);
  if (found.kind !== 'done') return unreadable(found.reason.code);
  const verified = image.format === 'ewf' ? await verifyEwf(image) : undefined;
  if (verified !== undefined && verified.kind !== 'done') return unreadable(verified.reason.code);
  const damaged = verified?.value.damaged ?? [];
  const units: PlannedUnit[] = [];
  const refused: Refusal[] = [];
  const unreadableFolders: RawPath[] = [];
  const reasons: string[] = [];
  for (const volume of found.value.volumes) {
    const folder = volumePath(volume.startSector);
    const refusal = folderRefusal(deps, folder);
    if (refusal !== undefined) {
      refused.push(refusal);
      continue;
    }
    const shares = await sharesOf(deps, image, volume, damaged);
    if (shares.kind === 'done') units.push(...shares.value);
    else if (shares.reason.code === 'stopped') return 'stopped';
    else {
      unreadableFolders.push(folder);
      reasons.push(`${folder.toString()}: ${shares.reason.code}`);
    }
  }
  const reason = reasons.length === 0 ? {} : { reason: reasons.join(', ') };
  return { files: [], units, refused, unreadableFolders, ...reason };
};

const unreadable = (code: string): UnitPlan | 'stopped' =>
  code === 'stopped'
    ? 'stopped'
    : { files: [], units: [], refused: [], unreadableFolders: [Buffer.from('volumes')], reason: code };

const sharesOf = async (
  { options }: PlanDeps,
  image: OpenImage,
  volume: Volume,
  damaged: readonly ByteRange[],
): Promise<Outcome<readonly PlannedUnit[]>> => {
  if (volume.fileSystem.kind !== 'done') return volume.fileSystem;
  let [files, bytes] = [0, 0];
  const listed = await listFiles(image, volume, (entry) => {
    if (entry.kind !== 'file') return;
    files++;
    bytes += entry.size;
  });
  // What was listed before the tool gave up is listed again by the shares, and read.
  if (listed.kind !== 'done' && (listed.reason.code === 'stopped' || files === 0)) return listed;
  const parts = sharesFor(files, bytes, options);
  return done(
    Array.from({ length: parts }, (_, part) => ({
      locator: { kind: 'inodes', offsetSectors: volume.startSector, part, parts, damaged },
      expectedFiles: Math.ceil(files / parts),
      expectedBytes: Math.ceil(bytes / parts),
    })),
  );
};
