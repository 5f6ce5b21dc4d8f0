import { done, failed, type Outcome, refused } from '@tutela/core';
import { type OpenImage, streamOf, textOf } from '../open-image.js';
import { type FileSystemCode, offsetOf, type Volume } from './volume.js';

type Place = Pick<Volume, 'startSector' | 'sectors'>;

/** Names what the bytes of a volume hold; a kind that The Sleuth Kit does not read is refused by its name. */
export const fileSystemOf = async (image: OpenImage, place: Place): Promise<Outcome<string, FileSystemCode>> => {
  if (place.startSector * image.sectorBytes >= image.bytes)
    return failed('beyond-the-image', 'it begins behind the end of the image: the image is cut off');
  const answer = await textOf(image, 'fsstat', ['-t', ...offsetOf(place)]);
  if (answer.kind !== 'done') return answer;
  const { text, run } = answer.value;
  const name = text.trim();
  if (run.exitCode === 0 && /^[a-z0-9]+$/.test(name)) return done(name);
  const head = await headOf(image, place);
  if (head.kind !== 'done') return head;
  const known = signs.find(({ at, bytes }) => head.value.subarray(at, at + bytes.length).toString('latin1') === bytes);
  return known === undefined
    ? failed('no-file-system', `no file system is known here: ${run.complaint.trim()}`)
    : refused('unsupported-file-system', `a volume of kind ${known.name} is not read here`);
};

interface Sign {
  readonly at: number;
  readonly bytes: string;
  readonly name: string;
}

/** Where each writes its name, from the start of the volume; nothing else of them is read here. */
const signs: readonly Sign[] = [
  { at: 0, bytes: 'XFSB', name: 'XFS' },
  { at: 65_600, bytes: '_BHRfS_M', name: 'btrfs' },
  { at: 0, bytes: 'LUKS\xba\xbe', name: 'LUKS (encrypted)' },
  { at: 3, bytes: '-FVE-FS-', name: 'BitLocker (encrypted)' },
  { at: 3, bytes: 'ReFS', name: 'ReFS' },
  { at: 512, bytes: 'LABELONE', name: 'LVM' },
  { at: 1024, bytes: '\x10\x20\xf5\xf2', name: 'F2FS' },
];
const headBytes = 68 << 10;

const headOf = async (image: OpenImage, { startSector, sectors }: Place) => {
  const pieces: Buffer[] = [];
  const last = startSector + Math.min(sectors, Math.ceil(headBytes / image.sectorBytes)) - 1;
  // It takes a start of 0 for none, and refuses it.
  const parameters = [...(startSector === 0 ? [] : ['-s', `${startSector}`]), '-e', `${last}`];
  const read = await streamOf(image, { tool: 'img_cat', parameters }, (piece) => {
    pieces.push(piece);
    return undefined;
  });
  return read.kind === 'done' ? done(Buffer.concat(pieces)) : read;
};
