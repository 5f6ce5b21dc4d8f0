import { done, nothing, type Outcome, refused } from '@tutela/core';
import type { FileDetails, FileId, ReportNumber } from '@tutela/cybertip';
import type { Db } from '@tutela/db';
import { findFile, listOpenings, type ReceivedFile } from './queries.js';

export type GateRefusal = 'file-unknown' | 'report-unfinished' | 'closed-not-viewed';

/**
 * A file that people may look at: one that its reporter looked at before reporting it, or one for whose opening a basis
 * is on record (protocols.md §8.2, "Gate"). That nobody said is taken as that nobody looked.
 */
export const passGate = async (
  db: Db,
  number: ReportNumber,
  fileId: FileId,
): Promise<Outcome<ReceivedFile, GateRefusal>> => {
  const file = await findFile(db, number, fileId);
  if (file === undefined) return nothing('file-unknown', `report ${number} has no file ${fileId}`);
  if (file.state !== 'finished') return refused('report-unfinished', `report ${number} is not finished`);
  if (wasViewed(file.details) === 'viewed' || (await listOpenings(db, fileId)).length > 0) return done(file);
  return refused('closed-not-viewed', 'The reporter did not view this file, and no basis for opening it is on record.');
};

export const wasViewed = (details: FileDetails | null): 'viewed' | 'not-viewed' =>
  details?.fileViewedByEsp === true ? 'viewed' : 'not-viewed';
