import path from 'node:path';
import type { ImportedReport } from '@tutela/investigator-desk';
import { endAs, printJson, type TutelaContext } from '../context.js';
import { printable } from '../output/printable.js';
import { formatTable } from '../output/table.js';
import { TutelaError } from '../tutela-error.js';
import type { DataFlags } from './flags.js';
import { withWorkplace } from './with-workplace.js';

export interface ReportImportFlags extends DataFlags {
  readonly json: boolean;
}

/** Imports one delivered report; ends as `undecided` when an entry was bad or a file is not what the report states. */
export default async function reportImport(this: TutelaContext, flags: ReportImportFlags, file: string): Promise<void> {
  const from = path.resolve(this.folder, file);
  const outcome = await withWorkplace(this, flags, 'writes', ({ desks }) =>
    desks.investigator.importReport({ path: from, actor: 'operator' }),
  );
  if (outcome.kind !== 'done') {
    throw new TutelaError('unreadable', outcome.reason.message, 'Give a CyberTip as JSON, or a ZIP that holds it.');
  }
  const imported = outcome.value;
  if (flags.json) printJson(this, { v: 1, ...imported });
  else this.process.stdout.write(formatImport(imported));
  if (troublesIn(imported).length > 0) endAs(this, 'undecided');
}

const sentences: Readonly<Record<ImportedReport['status'], string>> = {
  imported: 'imported',
  completed: 'was here; the files it lacked were added',
  'already-there': 'was here; nothing was changed',
};

const formatImport = (imported: ImportedReport): string => {
  const { summary, files, content } = imported.report;
  const head = [
    `Report ${printable(summary.reportNumber)} ${sentences[imported.status]}.`,
    `provider ${told(summary.esp)}, incident ${told(summary.incidentType)}`,
    `incident at ${told(summary.incidentAt)}, received at ${told(summary.receivedAt)}, persons: ${summary.persons}`,
    `document SHA-256 ${summary.documentSha256}`,
  ];
  const table = formatTable(
    [
      { heading: 'file', of: ({ name }: (typeof files)[number]) => name ?? '—' },
      { heading: 'hash', of: ({ comparison }) => comparison },
      { heading: 'viewed by provider', of: ({ viewedByEsp }) => viewedWords.get(viewedByEsp) ?? '' },
      { heading: 'uploaded', of: ({ uploadedAt }) => uploadedAt ?? '—' },
    ],
    files,
  );
  const troubles = troublesIn(imported).map((line) => `${line}\n`);
  const notes = Array.isArray(content.notes) ? content.notes.length : 0;
  const unread =
    notes === 0 ? '' : `${notes} members of the document were not read as they stand; --json names them.\n`;
  return `${[...head, '', table].join('\n')}${troubles.join('')}${unread}`;
};

const told = (text: string | null): string => (text === null ? 'not stated' : printable(text));
const viewedWords = new Map([
  [true, 'yes'],
  [false, 'no'],
  [null, 'not stated'],
]);

/** What a person has to look at. */
const troublesIn = ({ entries, listing, report }: ImportedReport): readonly string[] => [
  ...entries.flatMap(({ name, end }) =>
    end === 'report' || end === 'kept' || end === 'not-named' ? [] : [`not read: ${printable(name)} (${end})`],
  ),
  ...(listing === 'whole' ? [] : [`the list of entries is ${listing}: there may be more`]),
  ...report.files.flatMap(({ name, comparison }) =>
    comparison === 'differs' ? [`not the file that the report states: ${printable(name ?? '(no name)')}`] : [],
  ),
];
