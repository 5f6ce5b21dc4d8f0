import { createHash } from 'node:crypto';
import type { UtcInstant } from '@tutela/core';
import type { Digests } from '@tutela/fingerprint';
import type { NewMatch } from '../queries/matches.js';
import { rowOf } from '../record.js';
import type { Examination } from './examine.js';
import type { Hit } from './matcher.js';

/** Where a matching file came from. */
export type Origin =
  | { readonly scan: string; readonly batch: number; readonly upload: null }
  | { readonly scan: null; readonly batch: null; readonly upload: string };

export interface FoundContent {
  readonly id: string;
  readonly origin: Origin;
  readonly account: string;
  readonly name: string;
  readonly digests: Digests;
  readonly examination: Examination;
  readonly hit: Hit;
  readonly listVersion: string;
  readonly foundAt: UtcInstant;
}

export const matchRow = ({
  id,
  origin,
  account,
  name,
  digests,
  examination,
  hit,
  ...found
}: FoundContent): NewMatch => ({
  id,
  ...origin,
  account,
  // PostgreSQL's text holds everything but NUL, which no file name has and a form field may.
  name: name.replaceAll('\0', '\u{FFFD}'),
  sha256: Buffer.from(digests.sha256),
  sha1: Buffer.from(digests.sha1),
  md5: Buffer.from(digests.md5),
  size: digests.size,
  kind: hit.kind,
  list_version: found.listVersion,
  list_kind: hit.listKind,
  list_line: hit.line,
  distance: hit.distance ?? null,
  variant: hit.variant ?? null,
  decode: hit.decode ?? null,
  quality: examination.pdq?.quality ?? null,
  found_at: found.foundAt,
});

const columns =
  'scan batch upload account name sha256 sha1 md5 size kind list_version list_kind list_line distance variant decode ' +
  'quality found_at';

export const matchEffect = (id: string) => rowOf('match', { id }, columns.split(' '));

/** An identifier that a second run gives again (RFC 9562 §5.8). */
export const uuidOf = (name: string): string => {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};
