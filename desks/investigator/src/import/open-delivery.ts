import { readFile } from 'node:fs/promises';
import { done, limited, type Outcome, refused } from '@tutela/core';
import { largestIdsDocument, readIdsDocument, type UnreadableDocument } from '@tutela/cybertip';
import { openPromise, type ZipFile } from 'yauzl';
import { examineZip } from '../zip/examine-zip.js';
import type { ZipLimits } from '../zip/zip-limits.js';
import { type Container, type Delivery, sha256Of } from './delivery.js';
import { readZipDelivery, type UnreadableZip } from './zip-delivery.js';

export type UnreadableDelivery = UnreadableDocument | UnreadableZip | 'not-a-zip';

/** Reads what a container delivers and lets `act` work with it while it is open. */
export const withDelivery = async <Result>(
  container: Container,
  limits: ZipLimits,
  act: (delivery: Delivery) => Promise<Result>,
): Promise<Outcome<Result, UnreadableDelivery>> => {
  if (container.kind === 'json') {
    const delivery = await readJsonDelivery(container);
    return delivery.kind === 'done' ? done(await act(delivery.value)) : delivery;
  }
  const zip = await openZip(container.path);
  if (zip === undefined) return refused('not-a-zip', `${container.name} begins like a ZIP and has no directory of one`);
  try {
    const delivery = await readZipDelivery(container, zip, await examineZip(zip, limits));
    return delivery.kind === 'done' ? done(await act(delivery.value)) : delivery;
  } finally {
    zip.close();
  }
};

const readJsonDelivery = async (container: Container): Promise<Outcome<Delivery, UnreadableDocument>> => {
  if (container.size > largestIdsDocument) {
    return limited('too-large', `a document has at most ${largestIdsDocument} bytes, this one ${container.size}`);
  }
  const document = await readFile(container.path);
  const reading = readIdsDocument(document);
  if (reading.kind !== 'done') return reading;
  const documentSha256 = sha256Of(document);
  return done({
    container,
    document,
    documentSha256,
    reading: reading.value,
    objects: [],
    listing: 'whole',
    entries: [],
  });
};

const openZip = async (path: string): Promise<ZipFile | undefined> => {
  try {
    // Names and sizes are judged entry by entry: yauzl would end at the first bad one.
    return await openPromise(path, {
      autoClose: false,
      lazyEntries: true,
      decodeStrings: false,
      validateEntrySizes: false,
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall !== undefined) throw error;
    return undefined;
  }
};
