import path from 'node:path';
import { seizurePlaces } from '@tutela/testkit';
import { tutela } from '../e2e/tutela-process.js';

export const seizureCase = 'DEMO-SEIZURE';
/** Who has a role in its case. */
export const seizureOfficer = 'demo-officer-1';

/** Two dozen archives, each lock given a second's worth of guesses. */
const smallest = ['--small', '--seconds', '1', '--files', '60', '--users', '60', '--words', '20'];
/** `tutela seize demo` at its smallest. */
export const smallestSeizure = ['seize', 'demo', ...smallest];

/** Makes it in a data folder. @throws Error when it ends otherwise than well */
export const makeSeizure = async (data: string): Promise<void> => {
  const { code, stderr } = await tutela([...smallestSeizure, '--data', data]);
  if (code !== 0) throw new Error(`tutela seize demo ended with ${code}: ${stderr}`);
};

/** Settings of a node that is to know which country the addresses of the seizure are of. */
export const seizureRanges = (data: string): Readonly<Record<string, string>> => {
  const { ranges, otherRanges } = seizurePlaces(path.join(data, 'seizure-demonstration'));
  return { TUTELA_RANGES: [ranges, otherRanges].join(path.delimiter) };
};
