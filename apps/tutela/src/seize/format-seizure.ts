import type { SeizureStatus, SourceStatus } from '@tutela/investigator-desk';
import { bodyOf } from '../output/body.js';
import { formatDuration } from '../output/progress.js';
import { formatTable } from '../output/table.js';

const number = (value: number): string => Math.round(value).toLocaleString('en');
const size = (bytes: number): string => {
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
  const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${(bytes / 1000 ** step).toLocaleString('en', { maximumFractionDigits: step === 0 ? 0 : 1 })} ${units[step]}`;
};

/** A seizure as people read it: how far, how long still, what is held, and what nobody can know yet. */
export const formatSeizure = ({ sources, storage }: SeizureStatus): string =>
  [
    formatTable(
      [
        { heading: 'source', of: ({ source }: SourceStatus) => source.locator },
        { heading: 'state', of: ({ pass }) => pass?.pass.state ?? 'not read' },
        { heading: 'files', of: ({ pass }) => pass?.counts.files ?? 0 },
        { heading: 'bytes', of: ({ pass }) => size(pass?.counts.bytes ?? 0) },
        { heading: 'unreadable', of: ({ pass }) => pass?.counts.unreadable ?? 0 },
        { heading: 'refused by authority', of: ({ pass }) => pass?.counts.refused ?? 0 },
        { heading: 'units left', of: ({ pass }) => pass?.forecast.unitsLeft ?? 0 },
        { heading: 'stopped', of: ({ pass }) => pass?.counts.stopped ?? 0 },
        { heading: 'time left', of: ({ pass }) => (pass === undefined ? '—' : timeLeft(pass)) },
      ],
      sources,
    ),
    '\n',
    formatTable(
      [
        { heading: 'held', of: (row) => row.what },
        { heading: 'files', of: (row) => row.files },
        { heading: 'bytes', of: (row) => size(row.bytes) },
      ],
      [
        ...storage.byClass.map(({ fileClass, files, bytes }) => ({ what: fileClass, files, bytes })),
        { what: 'all', files: storage.files, bytes: storage.bytes },
        { what: 'of these, copies of another', files: storage.duplicateFiles, bytes: storage.duplicateBytes },
        { what: 'each content once', files: storage.distinctFiles, bytes: storage.distinctBytes },
      ],
    ),
    storage.closedArchives === 0
      ? ''
      : `Unknown behind ${number(storage.closedArchives)} archives that nobody has opened (${size(storage.closedArchiveBytes)}): how many files, how many bytes, how long.\n`,
  ].join('');

const timeLeft = ({ pass, forecast }: NonNullable<SourceStatus['pass']>): string => {
  if (pass.state === 'ended') return '—';
  if (forecast.secondsLeft === null) return 'not known yet';
  const days = forecast.secondsLeft / 86_400;
  const time = days >= 2 ? `${days.toFixed(1)} days` : formatDuration(forecast.secondsLeft);
  return forecast.certainty === 'at-least' ? `at least ${time}` : time;
};

export const seizureBody = ({ sources, storage }: SeizureStatus): Readonly<Record<string, unknown>> => ({
  v: 1,
  sources: sources.map(({ source, pass }) => ({
    ...bodyOf(source),
    ...(pass !== undefined && { pass: bodyOf(pass.pass), counts: pass.counts, forecast: pass.forecast }),
  })),
  storage,
});
