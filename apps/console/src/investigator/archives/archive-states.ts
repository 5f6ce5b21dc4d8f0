import type { ArchiveBody } from '@tutela/investigator-desk/api';
import type { Tone } from '../../design/index.js';

export type ArchiveState = ArchiveBody['state'];

/** In the order in which an archive goes through them; those that end badly last. */
export const archiveStates = [
  'open-able',
  'locked',
  'unlocked',
  'sealed',
  'opened',
  'exhausted',
  'limit',
  'undecidable',
  'damaged',
  'unsupported',
] as const satisfies readonly ArchiveState[];
export const archiveFormats = ['rar5', 'rar4', 'zip', '7z'] as const;

export const archiveTones: Readonly<Record<ArchiveState, Tone>> = {
  'open-able': 'neutral',
  locked: 'waiting',
  unlocked: 'accent',
  sealed: 'waiting',
  opened: 'good',
  exhausted: 'alarm',
  limit: 'alarm',
  undecidable: 'alarm',
  damaged: 'alarm',
  unsupported: 'alarm',
};

export interface ArchivesSearch {
  readonly state?: ArchiveState;
  readonly format?: (typeof archiveFormats)[number];
}

export const readArchivesSearch = (search: Readonly<Record<string, unknown>>): ArchivesSearch => {
  const state = archiveStates.find((one) => one === search.state);
  const format = archiveFormats.find((one) => one === search.format);
  return { ...(state !== undefined && { state }), ...(format !== undefined && { format }) };
};
