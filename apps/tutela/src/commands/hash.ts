import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { toHex } from '@tutela/core';
import { digestFileSync, pdq } from '@tutela/fingerprint';
import { openDecoder, pictureTypeOf } from '@tutela/media';
import { walk } from '@tutela/platform-desk';
import { endAs, type TutelaContext } from '../context.js';
import { printable } from '../output/printable.js';
import { TutelaError } from '../tutela-error.js';

const largestPicture = 128 << 20;
const heading = 'sha256,sha1,md5,pdq,quality,path';

/** Digests and PDQ of files as CSV, which `tutela list import` reads; ends as `undecided` when any was left out. */
export default async function hash(this: TutelaContext, _flags: object, ...names: string[]): Promise<void> {
  const decoder = openDecoder();
  this.process.stdout.write(`${heading}\n`);
  let leftOut = 0;
  const tell = (file: string, why: string): void => {
    leftOut++;
    this.log(`${printable(file)}: ${why}`);
  };
  try {
    for (const name of names) {
      for await (const file of filesOf(path.resolve(this.folder, name))) {
        const digested = digestFileSync(file, { keep: largestPicture });
        if (digested.kind !== 'done') {
          tell(file, digested.reason.message);
          continue;
        }
        const { sha256, sha1, md5, content } = digested.value;
        const picture = pictureTypeOf(content) === undefined ? undefined : await decoder.decode(content);
        if (picture !== undefined && picture.kind !== 'done') tell(file, `no PDQ: ${picture.reason.message}`);
        const seen = picture?.kind === 'done' ? pdq(picture.value) : undefined;
        const perceptual = seen === undefined ? ',' : `${toHex(seen.hash)},${seen.quality}`;
        this.process.stdout.write(`${[sha256, sha1, md5].map(toHex).join(',')},${perceptual},${quoted(file)}\n`);
      }
    }
  } finally {
    await decoder.close();
  }
  if (leftOut > 0) endAs(this, 'undecided');
}

async function* filesOf(name: string): AsyncGenerator<string> {
  const found = await lstat(name).catch(() => undefined);
  if (found === undefined)
    throw new TutelaError('unreadable', `There is no such file or folder: ${name}`, 'Name files or folders.');
  if (!found.isDirectory()) yield name;
  else for await (const { path: below } of walk(Buffer.from(name))) yield path.join(name, below.toString('utf8'));
}

/** RFC 4180 §2. */
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
