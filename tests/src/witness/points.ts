import type { Struck } from './kill-run.js';

const log = (...points: readonly string[]): readonly Struck[] => points.map((point) => ({ victim: 'log', point }));
const witness = (...points: readonly string[]): readonly Struck[] =>
  points.map((point) => ({ victim: 'witness', point }));

/** Every step of an act on its way under a cosigned head, in order. */
export const steps: readonly { readonly step: string; readonly points: readonly Struck[] }[] = [
  {
    step: 'append',
    points: log('before append', 'after append', 'commit of append', 'before the act is acknowledged'),
  },
  { step: 'sequence', points: log('before pending', 'after pending', 'before leaves', 'after leaves') },
  {
    step: 'checkpoint',
    points: log(
      'before the head is signed',
      'after the head is signed',
      'before checkpoint',
      'after checkpoint',
      'commit of checkpoint',
      'before the head is told',
    ),
  },
  {
    step: 'submit',
    points: log(
      'before the head is sent',
      'while the head is sent',
      'before the answer is read',
      'before cosignature',
      'after cosignature',
    ),
  },
  {
    step: 'witness',
    points: witness(
      'when a request arrives',
      'before the witness signs',
      'after the witness signs',
      'before a sync to the disk',
      'after a sync to the disk',
      'before the file has its name',
      'after the file has its name',
      'before the witness answers',
      'after the witness answered',
    ),
  },
];
