import type { FileHandle } from 'node:fs/promises';
import { done, type Outcome, refused } from '@tutela/core';

/** What Debian's Sleuth Kit opens, by the name it is given with `-i`. */
export const imageFormats = ['raw', 'ewf', 'aff', 'vmdk', 'vhd'] as const;
export type ImageFormat = (typeof imageFormats)[number];

interface Sign {
  readonly bytes: string;
  readonly is: ImageFormat | { readonly unsupported: string };
}

/** Names of formats by their first bytes. Nothing else of them is read here. */
const signs: readonly Sign[] = [
  { bytes: 'EVF\x09\x0d\x0a\xff\x00', is: 'ewf' },
  { bytes: 'EVF2\x0d\x0a\x81\x00', is: { unsupported: 'Ex01 (EnCase 7)' } },
  { bytes: 'LVF\x09\x0d\x0a\xff\x00', is: { unsupported: 'L01 (EnCase logical evidence)' } },
  { bytes: 'LEF2\x0d\x0a\x81\x00', is: { unsupported: 'Lx01 (EnCase 7 logical evidence)' } },
  { bytes: 'AFF10\x0d\x0a\x00', is: 'aff' },
  { bytes: 'KDMV', is: 'vmdk' },
  { bytes: '# Disk DescriptorFile', is: 'vmdk' },
  { bytes: 'conectix', is: 'vhd' },
  { bytes: 'vhdxfile', is: { unsupported: 'VHDX' } },
  { bytes: 'QFI\xfb', is: { unsupported: 'QCOW' } },
  { bytes: 'ADSEGMENTEDFILE', is: { unsupported: 'AD1 (AccessData logical image)' } },
];

/** ZIP with the member that AFF4 begins with (AFF4 Standard v1.0, §3.1). */
const isAff4 = (head: Buffer): 'yes' | 'no' =>
  head.subarray(0, 4).toString('latin1') === 'PK\x03\x04' && head.includes('container.description') ? 'yes' : 'no';

const headBytes = 4096;
const footerBytes = 512;

/** By the first bytes, and the last 512, where a VHD of fixed size has its sign. What has no sign is raw. */
export const detectFormat = async (file: FileHandle): Promise<Outcome<ImageFormat, 'unsupported-format'>> => {
  const { size } = await file.stat();
  const head = await readAt(file, 0, headBytes);
  const footer = await readAt(file, Math.max(0, size - footerBytes), footerBytes);
  if (isAff4(head) === 'yes') return unsupported('AFF4');
  const found = signs.find(({ bytes }) => head.subarray(0, bytes.length).toString('latin1') === bytes);
  if (found === undefined) return done(footer.subarray(0, 8).toString('latin1') === 'conectix' ? 'vhd' : 'raw');
  return typeof found.is === 'string' ? done(found.is) : unsupported(found.is.unsupported);
};

const unsupported = (name: string) =>
  refused('unsupported-format', `an image of format ${name} is not read here; convert it to E01 or raw and keep both`);

const readAt = async (file: FileHandle, position: number, length: number): Promise<Buffer> => {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
};
