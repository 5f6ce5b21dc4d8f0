import { type Outcome, refused } from '@tutela/core';
import type { FileId, ReportNumber } from '@tutela/cybertip';
import type { PersonId } from '@tutela/policy';
import type { ListDeps } from '../deps.js';
import { findReportedPicture } from '../queries/reported-picture.js';
import type { ListId } from '../schema.js';
import { receiveCandidate } from './candidates.js';
import type { NewEntry } from './new-entry.js';
import { type ProposalFault, type Proposed, propose } from './propose.js';

/** A file of a report whose content somebody has classified. */
export interface ReportedFile extends Pick<NewEntry, 'classification' | 'category' | 'vetting'> {
  readonly list: ListId;
  readonly reportNumber: ReportNumber;
  readonly fileId: FileId;
  readonly by: PersonId;
}

/**
 * Puts the file of a report up for two reviewers, with fingerprints of the bytes that were received: what was new becomes
 * known by their word, not by anybody's hashes.
 */
export const proposeReportFile = async (
  deps: ListDeps,
  { list, reportNumber, fileId, by, ...judged }: ReportedFile,
): Promise<Outcome<Proposed, ProposalFault | 'unknown-file' | 'not-a-picture'>> => {
  const file = await findReportedPicture(deps.db, reportNumber, fileId);
  if (file === undefined) return refused('unknown-file', 'no finished report has this file');
  if (file.outcome !== 'picture') return refused('not-a-picture', 'only pictures that were looked at are proposed so');
  const fingerprints = { MD5: file.md5, SHA256: file.sha256, ...(file.pdq !== null && { PDQ: file.pdq }) };
  const ref = `${reportNumber}/${fileId}`;
  const origin = { kind: 'report', ref } as const;
  const received = await receiveCandidate(deps, { list, media: 'image', fingerprints, origin, by });
  if (received.kind !== 'done') return received;
  const entry: NewEntry = { ...judged, media: 'image', fingerprints, provenance: origin, candidate: received.value };
  return await propose(deps, { list, by, entries: [entry] });
};
