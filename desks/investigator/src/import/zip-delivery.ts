import { done, type Outcome, refused } from '@tutela/core';
import { type DeliveredReport, readIdsDocument } from '@tutela/cybertip';
import type { ZipFile } from 'yauzl';
import type { EntryRecord } from '../zip/entry-end.js';
import { baseName } from '../zip/entry-name.js';
import { type ExaminedZip, mayBeReport, type SoundEntry } from '../zip/examine-zip.js';
import { readEntry } from '../zip/read-entry.js';
import { type Container, type DeliveredObject, type Delivery, sha256Of } from './delivery.js';
import { matchFiles } from './match-files.js';

export type UnreadableZip = 'no-report' | 'several-reports';

interface FoundReport {
  readonly entry: SoundEntry;
  readonly document: Uint8Array;
  readonly reading: DeliveredReport;
}

/** The one report in a ZIP, and which of the other entries are its files. */
export const readZipDelivery = async (
  container: Container,
  zip: ZipFile,
  { entries, listing }: ExaminedZip,
): Promise<Outcome<Delivery, UnreadableZip>> => {
  const sound = entries.filter((entry) => entry.kind === 'sound');
  const reports = await findReports(zip, sound);
  const [report] = reports;
  if (report === undefined) return refused('no-report', `${container.name} holds no JSON that is a report`);
  if (reports.length > 1) {
    return refused('several-reports', `${container.name} holds ${reports.length} reports: import them one by one`);
  }
  const { document, reading } = report;
  const files = sound
    .filter((entry) => entry !== report.entry)
    .map((entry) => ({ entry, baseName: baseName(entry.name), md5: entry.digests.md5 }));
  const matched = matchFiles(reading.files, files);
  const objects = reading.files.flatMap((file, at): readonly DeliveredObject[] => {
    const found = matched.get(file)?.entry;
    if (found === undefined) return [];
    const { name: entryName, digests, entry } = found;
    return [{ ordinal: at + 1, entryName, digests, bytes: () => readEntry(zip, entry) }];
  });
  const kept = new Set([...matched.values()].map(({ entry }) => entry));
  const records = entries.map((entry): EntryRecord => {
    if (entry.kind === 'bad') return { name: entry.name, end: entry.fault };
    const { size, sha256 } = entry.digests;
    const end = entry === report.entry ? 'report' : kept.has(entry) ? 'kept' : 'not-named';
    return { name: entry.name, end, size, sha256 };
  });
  return done({ container, document, documentSha256: sha256Of(document), reading, objects, listing, entries: records });
};

/** What an entry is decides, not its name: a file of the report may be JSON too. */
const findReports = async (zip: ZipFile, sound: readonly SoundEntry[]): Promise<readonly FoundReport[]> => {
  const found: FoundReport[] = [];
  for (const entry of sound) {
    if (mayBeReport(entry) === 'no') continue;
    const chunks: Uint8Array[] = [];
    for await (const chunk of readEntry(zip, entry.entry)) chunks.push(chunk);
    const document = Buffer.concat(chunks);
    const reading = readIdsDocument(document);
    if (reading.kind === 'done') found.push({ entry, document, reading: reading.value });
  }
  return found;
};
