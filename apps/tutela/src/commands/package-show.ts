import path from 'node:path';
import { type ContentsFile, readContents } from '@tutela/evidence/verify';
import { printJson, type TutelaContext } from '../context.js';
import { printable } from '../output/printable.js';
import { formatTable } from '../output/table.js';
import { TutelaError } from '../tutela-error.js';
import { checkFirst, lookInto } from './read-package.js';

export interface PackageShowFlags {
  readonly json: boolean;
}

/** What a package says of itself. Nothing of it is checked. */
export default async function packageShow(this: TutelaContext, flags: PackageShowFlags, name: string): Promise<void> {
  const said = await lookInto(path.resolve(this.folder, name), readContents);
  if (said.kind !== 'done') throw new TutelaError('refuted', `This is no package: ${said.reason.message}.`, checkFirst);
  const { contents, request } = said.value;
  if (flags.json) {
    printJson(this, { v: 1, contents, request });
    return;
  }
  const facts = [
    ['package', contents.package],
    ['case', contents.case],
    ['made', `${contents.createdAt} by ${contents.software.name} ${contents.software.version}`],
    ['asked for', `${request.requestedAt} by ${request.requestedBy}: ${request.reason}`],
    ...request.content.recipients.map((each) => ['recipient', `${each.name}, ${each.age}`]),
    ...request.content.exclusions.map(({ id, reason }) => ['left out', `${id}: ${reason}`]),
  ];
  const lines = facts.map(([what, value]) => `${what}: ${printable(value ?? '')}\n`);
  this.process.stdout.write(`${lines.join('')}\n${formatTable(columns, contents.files)}`);
  this.log('Nothing of this was checked: tutela package verify does.');
}

const columns = [
  { heading: 'role', of: ({ role }: ContentsFile) => role },
  { heading: 'item', of: ({ item }: ContentsFile) => item ?? '' },
  { heading: 'bytes', of: ({ bytes }: ContentsFile) => Number(bytes) },
  { heading: 'file', of: (file: ContentsFile) => file.path },
];
