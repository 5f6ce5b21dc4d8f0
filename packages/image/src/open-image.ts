import { open, realpath } from 'node:fs/promises';
import path from 'node:path';
import { done, failed, type Outcome, refused } from '@tutela/core';
import { type EwfCode, readEwfFacts } from './ewf/ewf-facts.js';
import { detectFormat, type ImageFormat } from './format/image-format.js';
import { ewfSegments } from './format/segments.js';
import { ImageError } from './image-error.js';
import { type ReceiveOutput, runForText, runTool } from './tool/run-tool.js';
import type { ImageDeps, ToolCode, ToolLimits } from './tool/tool-run.js';
import type { ToolName } from './tool/tools.js';

export interface ImageLocation {
  /** Absolute, in order. Of an EWF image the first is enough: the others are found beside it. */
  readonly paths: readonly string[];
  /** Found out by its first bytes where it is left out. */
  readonly format?: ImageFormat;
  /** IANA name of the zone its clocks kept: FAT stores local time. UTC where it is left out. */
  readonly zone?: string;
}

export interface OpenImage {
  readonly paths: readonly string[];
  readonly format: ImageFormat;
  /** Of the disk that it shows. */
  readonly bytes: number;
  readonly sectorBytes: number;
  readonly zone: string;
  readonly deps: ImageDeps;
}

export type OpenCode = ToolCode | 'unsupported-format' | 'missing-file' | 'damaged-image' | 'unknown-zone' | EwfCode;

/** Finds out what an image is and how large. It stays closed: each tool opens it anew, for reading. */
export const openImage = async (deps: ImageDeps, location: ImageLocation): Promise<Outcome<OpenImage, OpenCode>> => {
  const { zone = 'UTC' } = location;
  if (location.paths.length === 0 || !location.paths.every((file) => path.isAbsolute(file)))
    throw new ImageError('relative-path', 'an image is named by absolute paths');
  if (!isZone(zone)) return refused('unknown-zone', `${zone} is no IANA time zone`);
  const found = await filesOf(location);
  if (found.kind !== 'done') return found;
  const { paths, format } = found.value;
  const image = { paths, format, zone, deps };
  const answer = await textOf(image, 'img_stat', []);
  if (answer.kind !== 'done') return answer;
  const { text, run } = answer.value;
  const bytes = Number(/^Size (?:of data )?in bytes:\s*(\d+)$/m.exec(text)?.[1]);
  const sectorBytes = Number(/^Sector size:\s*(\d+)$/m.exec(text)?.[1]);
  if (run.exitCode !== 0 || !Number.isSafeInteger(bytes) || !Number.isSafeInteger(sectorBytes))
    return failed('unreadable-image', `img_stat does not open it: ${run.complaint.trim()}`);
  if (bytes === 0) return failed('unreadable-image', 'the image is empty');
  if (format === 'ewf') {
    // A cut-off EWF image opens well, and all of it reads as zeros.
    const facts = await readEwfFacts(image);
    if (facts.kind !== 'done') return facts;
    if (facts.value.condition === 'corrupted')
      return failed('damaged-image', 'ewfinfo says that it is corrupted: a segment is cut off or missing');
  }
  return done({ ...image, bytes, sectorBytes });
};

const filesOf = async (
  location: ImageLocation,
): Promise<Outcome<Pick<OpenImage, 'paths' | 'format'>, 'unsupported-format' | 'missing-file'>> => {
  try {
    // What is bound into the tool's room is the file, not a link to it.
    const given = await Promise.all(location.paths.map((file) => realpath(file)));
    const file = await open(given[0]!, 'r');
    try {
      const format = location.format === undefined ? await detectFormat(file) : done(location.format);
      if (format.kind !== 'done') return format;
      const paths = format.value === 'ewf' && given.length === 1 ? await ewfSegments(given[0]!) : given;
      return done({ paths, format: format.value });
    } finally {
      await file.close();
    }
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    return refused('missing-file', error.message);
  }
};

const isZone = (zone: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};

type ImageFiles = Omit<OpenImage, 'bytes' | 'sectorBytes'>;

/** The Sleuth Kit's tools are told format and files; those of libewf know theirs. */
const orderOf = (image: ImageFiles, tool: ToolName, parameters: readonly string[], after: readonly string[]) => {
  const type = tool.startsWith('ewf') ? [] : ['-i', image.format];
  return {
    tool,
    parameters: [...type, ...parameters, ...image.paths, ...after],
    readable: image.paths,
    zone: image.zone,
  };
};

export const textOf = (
  image: ImageFiles,
  tool: ToolName,
  parameters: readonly string[],
  after: readonly string[] = [],
) => runForText(image.deps, orderOf(image, tool, parameters, after));

export interface StreamOrder {
  readonly tool: ToolName;
  readonly parameters: readonly string[];
  /** Follow the image's paths. */
  readonly after?: readonly string[];
  readonly limits?: Partial<ToolLimits>;
}

export const streamOf = (image: ImageFiles, order: StreamOrder, receive: ReceiveOutput) => {
  const { limits = {} } = order;
  return runTool(image.deps, { ...orderOf(image, order.tool, order.parameters, order.after ?? []), limits }, receive);
};
