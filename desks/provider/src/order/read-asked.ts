import { type Observation, type ReasonCode, readObservation } from '@tutela/attribution';
import { type AskedObservation, fieldsOfAsked, readAlike } from '@tutela/attribution/exchange';
import { done, type Outcome, refused } from '@tutela/core';

/**
 * Documentation addresses are read: the look-up asks only for what lies in a declared pool, and whoever declares such a
 * pool runs a demonstration. Abbreviations of zones mean nothing here, since nobody said what they stand for.
 */
const settings = { documentation: 'allow', hours: 24, abbreviations: {} } as const;

/** An observation as it was sent, read as strictly as any other. */
export const readAsked = (asked: AskedObservation): Outcome<Observation, ReasonCode | 'TIME_DISAGREES'> => {
  const read = readObservation(fieldsOfAsked(asked), settings);
  if (read.kind !== 'done') return read;
  return readAlike(asked, read.value) === 'alike'
    ? done(read.value)
    : refused('TIME_DISAGREES', 'the stated UTC is not what this time says here: compare the time zone databases');
};
