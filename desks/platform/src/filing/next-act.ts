import type { Filing, FilingFile } from '../queries/filings.js';

/** What has to be done next to a report, decided from what is on record alone. */
export type NextAct =
  | { readonly act: 'submit' }
  | { readonly act: 'upload'; readonly file: FilingFile }
  | { readonly act: 'fileinfo'; readonly file: FilingFile }
  | { readonly act: 'finish' }
  /** An answer is missing: ask, by the only question there is (protocols.md §1.4). */
  | { readonly act: 'retract' }
  | { readonly act: 'none' };

/**
 * `doubt` names a request that was sent, or was about to be, and whose answer is not on record. After a lost `submit`
 * there is no number to ask for: the report, if there is one, was never finished and expires by itself. After any
 * other the report is retracted and filed anew, unless it turns out to be finished.
 */
export const nextAct = (filing: Filing, files: readonly FilingFile[]): NextAct => {
  if (filing.state === 'finished' || filing.state === 'refused') return { act: 'none' };
  if (filing.state === 'ready') return { act: 'submit' };
  if (filing.doubt !== null) return { act: 'retract' };
  const sent = (file: FilingFile): boolean => file.attempt === filing.attempt;
  const unsent = files.find((file) => !sent(file));
  if (unsent !== undefined) return { act: 'upload', file: unsent };
  const undescribed = files.find((file) => !file.described);
  return undescribed === undefined ? { act: 'finish' } : { act: 'fileinfo', file: undescribed };
};
