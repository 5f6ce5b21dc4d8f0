import type { FingerprintStatus } from '@tutela/investigator-desk';
import { formatDuration } from '../output/progress.js';
import { formatTable } from '../output/table.js';

/** What became of the pictures of a case, and how long the rest takes. */
export const formatFingerprints = (status: FingerprintStatus): string => {
  const { run, outcomes, refused, stopped, unitsLeft, perSecond, secondsLeft } = status;
  if (run === null) return 'No picture was looked at, and none waits.\n';
  const left = secondsLeft === null ? 'not known yet' : formatDuration(secondsLeft);
  return [
    formatTable(
      [
        { heading: 'looked at', of: ({ outcome }) => outcome },
        { heading: 'pictures', of: ({ pictures }) => pictures },
      ],
      outcomes,
    ),
    `${number(refused)} files are not covered by an authority; ${number(stopped)} units were stopped by one\n`,
    unitsLeft === 0 ? '' : `${number(unitsLeft)} units left at ${perSecond.toFixed(1)} pictures/s: ${left}\n`,
  ].join('');
};

const number = (value: number): string => value.toLocaleString('en');
