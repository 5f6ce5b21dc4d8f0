import type { Branded } from '@tutela/core';
import type { CoveredTable } from '@tutela/ledger/postgres';

export type FingerprintRunId = Branded<string, 'investigator.FingerprintRunId'>;

/**
 * How looking at a content ended. `unsupported`: a kind of picture that is deliberately not decoded. `over-limit`: more
 * bytes, pixels, memory or time than a picture may cost. `damaged`: the decoder refused it or died of it. `unread`: no copy
 * could be read as it was digested.
 */
export const pictureOutcomes = ['decoded', 'not-a-picture', 'unsupported', 'over-limit', 'damaged', 'unread'] as const;
export type PictureOutcome = (typeof pictureOutcomes)[number];

export const fingerprintWorkflow = 'investigator.fingerprint-unit';
export const stackingWorkflow = 'investigator.look-alikes';

/** Pictures are vouched for by their unit's digest, and look-alikes by the case's, not one by one (`checkFingerprints`). */
export const fingerprintCoveredTables: readonly CoveredTable[] = [
  { table: 'investigator.fingerprint_run', key: ['run_id'] },
  { table: 'investigator.fingerprint_unit', key: ['unit_id'] },
  { table: 'investigator.stacking', key: ['case_ref'] },
];
