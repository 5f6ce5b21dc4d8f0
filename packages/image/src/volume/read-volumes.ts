import { done, failed, type Outcome } from '@tutela/core';
import { type OpenImage, textOf } from '../open-image.js';
import type { ToolCode } from '../tool/tool-run.js';
import { fileSystemOf } from './file-system.js';
import type { Volume, Volumes } from './volume.js';

type Place = Omit<Volume, 'fileSystem'>;

const row = /^\d+:\s+(\d[\d:]*)\s+(\d+)\s+(\d+)\s+(\d+)\s?(.*)$/;
const unit = /^Units are in (\d+)-byte sectors$/m;

/** The allocated partitions of a disk with their file systems; the whole disk as one where it has no partition table. */
export const readVolumes = async (image: OpenImage): Promise<Outcome<Volumes, ToolCode | 'unreadable-image'>> => {
  const answer = await textOf(image, 'mmls', ['-a']);
  if (answer.kind !== 'done') return answer;
  const { text, run } = answer.value;
  const table = run.exitCode === 0 ? readTable(text) : undefined;
  if (table !== undefined && table.sectorBytes !== image.sectorBytes)
    return failed('unreadable-image', `its partition table counts in sectors of ${table.sectorBytes} bytes`);
  if (table === undefined) return done({ scheme: 'none', volumes: [await wholeDisk(image)] });
  const volumes: Volume[] = [];
  for (const place of table.places) volumes.push({ ...place, fileSystem: await fileSystemOf(image, place) });
  return done({ scheme: table.scheme, volumes });
};

const wholeDisk = async (image: OpenImage): Promise<Volume> => {
  const sectors = Math.floor(image.bytes / image.sectorBytes);
  const whole = { slot: 'whole', startSector: 0, sectors, description: '' };
  const fileSystem = await fileSystemOf(image, whole);
  if (fileSystem.kind === 'done') return { ...whole, fileSystem };
  // Of a table whose partitions lie behind the image's end mmls says nothing, unless it is told to read one.
  for (const type of ['dos', 'gpt']) {
    const forced = await textOf(image, 'mmls', ['-t', type]);
    if (forced.kind === 'done' && forced.value.run.complaint.includes('too large for image'))
      return { ...whole, fileSystem: failed('beyond-the-image', 'its partitions lie behind its end: it is cut off') };
  }
  return { ...whole, fileSystem };
};

/** `undefined` where it is no table of `mmls`. */
const readTable = (
  text: string,
): { readonly scheme: string; readonly sectorBytes: number; readonly places: readonly Place[] } | undefined => {
  const sectorBytes = Number(unit.exec(text)?.[1]);
  if (!Number.isSafeInteger(sectorBytes)) return undefined;
  const places = text.split('\n').flatMap((line) => {
    const [, slot, start, , length, description] = row.exec(line) ?? [];
    return slot === undefined
      ? []
      : [{ slot, startSector: Number(start), sectors: Number(length), description: description ?? '' }];
  });
  return { scheme: text.slice(0, text.indexOf('\n')), sectorBytes, places };
};
