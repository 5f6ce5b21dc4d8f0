import { type ImageEntry, listFiles, type OpenImage, pullImageFile } from '@tutela/image';
import { digestOfPath, joinPath, type RawPath, shareOf } from '../paths.js';
import type { PlanDeps, PlannedFile, Refusal, UnitPlan } from '../plan/plan.js';
import type { UnitLocator } from '../unit-locator.js';
import { placeOf } from './image-place.js';
import { volumePath } from './plan-volumes.js';

type Inodes = Extract<UnitLocator, { readonly kind: 'inodes' }>;

/**
 * A share of a volume's names, deleted ones too, each asked about before it is kept. The tool reads all directories to
 * list any: names of what is refused pass through memory, and nowhere else.
 */
export const planInodes = async (
  deps: PlanDeps,
  image: OpenImage,
  { offsetSectors, part, parts, damaged }: Inodes,
): Promise<UnitPlan | 'stopped'> => {
  const files = new Map<string, PlannedFile>();
  const refused: Refusal[] = [];
  const volume = { startSector: offsetSectors };
  const listed = await listFiles(image, volume, (entry) => {
    if (entry.kind === 'folder' || entry.kind === 'virtual') return;
    const path = pathOf(offsetSectors, entry);
    const pathSha256 = digestOfPath(path);
    if (shareOf(pathSha256, parts) !== part || files.has(pathSha256)) return;
    const modifiedAt = entry.times.modified;
    const looked = { path, kind: 'file' as const, ...(modifiedAt !== null && { at: modifiedAt }) };
    const decision = deps.gate.decide(deps.scope, 'hash', looked);
    if (decision.answer !== 'allow') {
      refused.push({ kind: 'refused', path, decision });
      return;
    }
    const kind = entry.kind === 'file' ? 'file' : 'not-a-file';
    const draw = () => pullImageFile({ image, volume, entry, damaged });
    const imagePlace = placeOf(offsetSectors, entry);
    const file = { path, pathSha256, kind, size: entry.size, modifiedAt, decision, draw } as const;
    files.set(pathSha256, { ...file, ...(imagePlace !== undefined && { imagePlace }) });
  });
  if (listed.kind !== 'done' && listed.reason.code === 'stopped') return 'stopped';
  const unreadableFolders = listed.kind === 'done' || part > 0 ? [] : [volumePath(offsetSectors)];
  return { files: [...files.values()], units: [], refused, unreadableFolders };
};

/** A deleted name stays in its folder, so that what excludes the folder excludes it; its inode tells it from others. */
const pathOf = (startSector: number, { path, inode, state, spelling }: ImageEntry): RawPath => {
  const below = joinPath(volumePath(startSector), path);
  if (state !== 'allocated') return Buffer.concat([below, Buffer.from(` (deleted, inode ${inode})`)]);
  return spelling === 'as-stored' ? below : Buffer.concat([below, Buffer.from(` (inode ${inode})`)]);
};
