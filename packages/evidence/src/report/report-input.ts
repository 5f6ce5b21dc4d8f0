import type { UtcInstant } from '@tutela/core';
import type { ContentsFile, ExportRequest } from '../format/index.js';
import type { CaseMaterial } from '../material/case-material.js';
import type { Say } from './messages/messages.js';

/** Everything that a report tells. */
export interface ReportInput {
  readonly material: CaseMaterial;
  readonly request: ExportRequest;
  /** SHA-256 of the request's canonical text. */
  readonly requestDigest: string;
  /** Names as people.json has them; for whom nobody told a name, the pseudonym. */
  readonly approvals: readonly { readonly name: string; readonly at: UtcInstant }[];
  readonly createdAt: UtcInstant;
  readonly software: { readonly name: string; readonly version: string };
  /** Every file of the package but the reports, as contents.json names them. */
  readonly files: readonly ContentsFile[];
}

/** What a section is made from. */
export interface Telling extends ReportInput {
  readonly say: Say;
}

/** `2026-03-01 10:15:00.000`: the same in every language, and sorted as text. */
export const moment = (instant: string): string => instant.replace('T', ' ').replace(/Z$/, '');

export const orNone = (say: Say, texts: readonly string[]): string =>
  texts.length === 0 ? say('none') : texts.join('\n');
