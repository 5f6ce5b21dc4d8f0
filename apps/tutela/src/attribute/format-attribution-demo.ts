import { formatTable } from '../output/table.js';
import { countryMix, type ImportedKind, ownProvider } from './imported-observations.js';
import type { MistakeRow } from './mistake-table.js';
import { blockReference, mistakeReference, sessionReference, shareUnique } from './reference-tables.js';
import type { AttributionDemo } from './run-attribution-demo.js';
import type { WindowRow } from './window-table.js';

/** The tables as they are printed. */
export const formatAttributionDemo = (demo: AttributionDemo): string =>
  [
    ingestedPart(demo),
    blocksPart(demo.blocks),
    ...demo.sessions.map(({ holdDownSeconds, rows }) => sessionsPart(holdDownSeconds, rows)),
    mistakesPart(demo.mistakes),
    importedPart(demo),
    truthPart(demo),
  ].join('\n');

const percent = (share: number): string => hundredths(100 * share);
const hundredths = (value: number): string =>
  value === 0 || value === 100 ? `${value}` : value.toFixed(value > 99.9 || value < 1 ? 2 : 1);
const expected = (value: number | undefined): string => (value === undefined ? '' : `(${value})`);

const ingestedPart = ({ ingested, size }: AttributionDemo): string => {
  const table = formatTable(
    [
      { heading: 'log', of: ({ what }) => what },
      { heading: 'addresses', of: ({ addresses }) => addresses },
      { heading: 'leases', of: ({ leases }) => leases },
      { heading: 'lines', of: ({ lines }) => lines },
      { heading: 'rejected', of: ({ rejected }) => rejected },
      { heading: 'MB', of: ({ bytes }) => Math.round(bytes / 1e6) },
      { heading: 'lines/s', of: ({ lines, seconds }) => Math.round(lines / seconds) },
    ],
    ingested,
  );
  return `Written by a generator (seed ${size.seed}) and read: 200 customers an address.\n\n${table}`;
};

const blocksPart = (rows: readonly WindowRow[]): string => {
  const table = formatTable<WindowRow>(
    [
      { heading: '± s', of: ({ seconds }) => seconds },
      ...(['none', 'one', 'several', 'falseOne'] as const).map((member) => ({
        heading: member === 'falseOne' ? 'of the unheld: one' : member,
        of: ({ seconds, naive }: WindowRow) =>
          `${percent(naive[member])} ${expected(blockReference.get(seconds)?.[member])}`.trim(),
      })),
      { heading: '| Tutela: exact', of: ({ tutela }) => `| ${percent(tutela.exact)}` },
      { heading: 'withheld', of: ({ tutela }) => percent(tutela.qualified) },
      { heading: 'a number', of: ({ tutela }) => percent(tutela.several) },
      { heading: 'nobody', of: ({ tutela }) => percent(tutela.none) },
      { heading: 'named of the unheld', of: ({ tutela }) => tutela.falseOne },
      { heading: 'wrong persons', of: ({ tutela }) => tutela.wrong },
    ],
    rows,
  );
  const [first] = rows;
  return (
    `Port blocks: ${first?.questions.toLocaleString('en')} questions at any moment. Whoever is found within ± s, in %, ` +
    `in brackets §4.5.\n\n${table}`
  );
};

const sessionsPart = (holdDownSeconds: number, rows: readonly WindowRow[]): string => {
  const table = formatTable<WindowRow>(
    [
      { heading: '± s', of: ({ seconds }) => seconds },
      {
        heading: 'exactly one',
        of: ({ seconds, naive }) =>
          `${percent(naive.one)} ${expected(sessionReference[holdDownSeconds]?.get(seconds))}`,
      },
      { heading: 'e^-λ', of: ({ seconds }) => hundredths(shareUnique(seconds)) },
      { heading: '| Tutela: one', of: ({ tutela }) => `| ${percent(tutela.exact + tutela.qualified)}` },
      { heading: 'a number', of: ({ tutela }) => percent(tutela.several) },
      { heading: 'wrong persons', of: ({ tutela }) => tutela.wrong },
    ],
    rows,
  );
  const rest = holdDownSeconds === 0 ? 'without rest' : `after ${holdDownSeconds} s of rest`;
  return (
    `Sessions, a port used again ${rest}: ${rows[0]?.questions.toLocaleString('en')} questions about somebody's moment. ` +
    `The log's stamps have no year, so Tutela qualifies and withholds each answer.\n\n${table}`
  );
};

const mistakesPart = (rows: readonly MistakeRow[]): string => {
  const naive = (place: 0 | 1 | 2, member: keyof MistakeRow['naive']) => ({
    heading: member === 'wrong' ? 'wrong person' : member,
    of: (row: MistakeRow) => `${percent(row.naive[member])} ${expected(mistakeReference.get(row.mistake)?.[place])}`,
  });
  const table = formatTable<MistakeRow>(
    [
      { heading: 'mistake', of: ({ mistake }) => mistake },
      naive(0, 'same'),
      naive(1, 'none'),
      naive(2, 'wrong'),
      { heading: '| Tutela: refused', of: ({ tutela }) => `| ${percent(tutela.refused)}` },
      { heading: 'same', of: ({ tutela }) => percent(tutela.same) },
      { heading: 'nobody', of: ({ tutela }) => percent(tutela.nobody) },
      { heading: 'another, warned', of: ({ tutela }) => percent(tutela.warned) },
      { heading: 'another, not', of: ({ tutela }) => percent(tutela.unwarned) },
    ],
    rows,
  );
  return (
    `A mistake in the question, of ${rows[0]?.questions.toLocaleString('en')} with a holder, in %, in brackets §4.5: ` +
    'the blocks change hands in step there and here, and beyond the end of the log is nobody; a later holder is the same customer once in 200 here, since 200 share an address, and there one of 200,000. No log tells that another question was meant: Tutela ' +
    'refuses what is ambiguous as written, and says where a mistake would change the answer; such an answer wants a ' +
    `second person with the document.\n\n${table}`
  );
};

const importedPart = ({ imported }: AttributionDemo): string => {
  const mix = Object.entries(countryMix).map(([country, share]) => `${country} ${share} %`);
  const counts = (kind: Readonly<Record<string, number>>): string =>
    Object.entries(kind)
      .map(([name, count]) => `${name} ${count.toLocaleString('en')}`)
      .join(', ');
  const table = formatTable<ImportedKind>(
    [
      { heading: 'rows', of: ({ rows }) => rows },
      { heading: 'as written', of: ({ kind }) => kind },
      { heading: 'refused before any log', of: ({ refused }) => counts(refused) },
      { heading: 'outcome', of: ({ outcomes }) => counts(outcomes) },
      { heading: 'named', of: ({ named }) => named },
      { heading: 'wrong', of: ({ wrong }) => wrong },
    ],
    imported.kinds,
  );
  return (
    `An import of ${imported.drawn.toLocaleString('en')} observations (${mix.join(', ')}) of which ` +
    `${imported.asked.toLocaleString('en')} are of this provider, one of ${ownProvider.ofProviders} in ` +
    `${ownProvider.country}; the others' rows are not sent here.\n\n${table}`
  );
};

const truthPart = ({ truth }: AttributionDemo): string => {
  const outcomes = Object.entries(truth.outcomes).map(([outcome, count]) => `${outcome} ${count.toLocaleString('en')}`);
  const { naive } = truth;
  return (
    `${truth.questions.toLocaleString('en')} questions to ${truth.logs} logs with gaps, resets, wrong clocks, overlaps and ` +
    `lost lines, beside the truth.\n\n` +
    `${outcomes.join(', ')}\n` +
    `The nearest within ±300 s: ${naive.named.toLocaleString('en')} named, ${naive.wrong.toLocaleString('en')} of them wrong.\n` +
    `Qualified answers, which are withheld: ${truth.qualifiedWrong.toLocaleString('en')} would have been another.\n` +
    `"Nobody" proven where somebody was: ${truth.provenNobodyWrong}\n` +
    `Wrong persons named by Tutela: ${truth.wrong}\n`
  );
};
