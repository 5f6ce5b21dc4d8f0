import { done, failed, type Outcome } from '@tutela/core';
import { type OpenImage, streamOf } from '../open-image.js';
import type { ToolCode } from '../tool/tool-run.js';
import { offsetOf, type Volume } from '../volume/volume.js';
import { type Asked, readBodyLine } from './body-line.js';
import type { ImageEntry } from './entry.js';
import { newLineSplitter } from './lines.js';

export interface Listed {
  readonly entries: number;
  /** Lines of `fls` that were none of the expected form, the first few of them. */
  readonly notUnderstood: readonly string[];
  /** What `fls` complained of while it went on: folders that it could not read, for instance. */
  readonly complaints: string;
}

export type ListCode = ToolCode | 'unreadable-file-system';

const longestLine = 64 << 10;
const notUnderstoodKept = 100;

/**
 * Hands on every name of a file system: those that are there, then the deleted ones. A slow receiver holds the tool back.
 * Failed where the tool gave up; what was handed on before stands.
 */
export const listFiles = async (
  image: OpenImage,
  volume: Pick<Volume, 'startSector'>,
  receive: (entry: ImageEntry) => void | Promise<void>,
): Promise<Outcome<Listed, ListCode>> => {
  let entries = 0;
  let complaints = '';
  const notUnderstood: string[] = [];
  const list = async (asked: Asked): Promise<Outcome<undefined, ListCode>> => {
    const take = async (line: Buffer): Promise<void> => {
      const entry = readBodyLine(line, asked);
      if (entry !== undefined) {
        entries++;
        await receive(entry);
      } else if (notUnderstood.length < notUnderstoodKept) notUnderstood.push(line.toString('latin1'));
    };
    const lines = newLineSplitter(longestLine);
    const parameters = ['-r', '-p', '-m', '', asked === 'present' ? '-u' : '-d', ...offsetOf(volume)];
    const ran = await streamOf(image, { tool: 'fls', parameters }, async (piece) => {
      for (const line of lines.take(piece)) await take(line);
      return undefined;
    });
    if (ran.kind !== 'done') return ran;
    if (lines.rest().length > 0) await take(lines.rest());
    complaints += ran.value.complaint;
    return ran.value.exitCode === 0
      ? done(undefined)
      : failed('unreadable-file-system', `fls gave up: ${ran.value.complaint.trim()}`);
  };
  for (const asked of ['present', 'deleted'] as const) {
    const listed = await list(asked);
    if (listed.kind !== 'done') return listed;
  }
  return done({ entries, notUnderstood, complaints });
};
