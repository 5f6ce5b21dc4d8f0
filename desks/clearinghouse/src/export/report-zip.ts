import type { Readable } from 'node:stream';
import { type Compartment, sha256Address } from '@tutela/vault';
import { ZipFile } from 'yazl';
import { ClearinghouseError } from '../clearinghouse-error.js';
import type { FileRow } from '../queries/listing.js';
import type { Disclosure } from './disclose.js';
import { entryName } from './entry-name.js';
import { reportJson } from './report-json.js';

/**
 * The report's JSON and its files as a ZIP, made while it is read: one file after the other, each checked against its
 * digest on the way. It breaks off where a file is not what it was; the same report gives the same bytes.
 */
export const reportZip = (vault: Compartment, disclosure: Disclosure): Readable => {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  const entry = { mtime: new Date(disclosure.finishedAt), mode: 0o100_644 };
  let current: Readable | undefined;
  const open = async (file: FileRow): Promise<Readable> => {
    const opened = await vault.open(sha256Address(file.sha256));
    if (opened.kind !== 'done') throw new ClearinghouseError('file-without-bytes', opened.reason.message);
    current = opened.value.bytes;
    // yazl leaves a stream that fails to whoever opened it.
    return current.once('error', (error) => output.destroy(error));
  };
  zip.addBuffer(reportJson(disclosure), `report-${disclosure.reportNumber}.json`, entry);
  for (const [at, file] of disclosure.files.entries()) {
    const options = { ...entry, size: file.size, compress: false };
    zip.addReadStreamLazy(entryName(at + 1, file.name), options, (done) => {
      open(file).then(
        (bytes) => done(null, bytes),
        (error: unknown) => output.destroy(error instanceof Error ? error : undefined),
      );
    });
  }
  zip.on('error', (error: Error) => output.destroy(error));
  // Whoever stops reading leaves no file open.
  output.once('close', () => current?.destroy());
  zip.end();
  return output;
};
