import { buildCommand, buildRouteMap } from '@stricli/core';
import type { ArchiveListFlags, RecoverListFlags, RecoverStopFlags } from '../commands/archive.js';
import { type DataFlags, dataFlag, jsonFlag, limitFlag } from '../commands/flags.js';
import type { TutelaContext } from '../context.js';
import { withExamples } from './examples.js';

type JsonFlags = DataFlags & { readonly json: boolean };
const json = { json: jsonFlag, data: dataFlag } as const;
const text = (placeholder: string, brief: string) => ({ kind: 'parsed', parse: String, placeholder, brief }) as const;
const caseRef = { parse: String, placeholder: 'case', brief: 'Reference of a case' } as const;
const oneCase = { kind: 'tuple', parameters: [caseRef] } as const;
const and = (placeholder: string, brief: string) =>
  ({ kind: 'tuple', parameters: [caseRef, { parse: String, placeholder, brief }] }) as const;
const underAuthority = and('authority', 'Under which passwords are tried');

const examine = buildCommand<JsonFlags, [string], TutelaContext>({
  loader: async () => (await import('../commands/archive.js')).archiveExamine,
  parameters: { flags: json, positional: oneCase },
  docs: {
    brief: 'Read the headers of archives that were not examined yet',
    fullDescription: withExamples('Read the headers of archives that were not examined yet.', [
      'tutela archive examine case-7',
    ]),
  },
});
const open = buildCommand<JsonFlags, [string], TutelaContext>({
  loader: async () => (await import('../commands/archive.js')).archiveOpen,
  parameters: { flags: json, positional: oneCase },
  docs: {
    brief: 'Open what is not locked or whose password is known, where an authority grants it',
    fullDescription: withExamples('Open what is not locked or whose password is known, where an authority grants it.', [
      'tutela archive open case-7',
    ]),
  },
});
const list = buildCommand<ArchiveListFlags, [string], TutelaContext>({
  loader: async () => (await import('../commands/archive.js')).archiveList,
  parameters: {
    flags: { state: { ...text('state', 'Only those in this state'), optional: true }, limit: limitFlag, ...json },
    positional: oneCase,
  },
  docs: {
    brief: 'List archives and what is known of them',
    fullDescription: withExamples('List archives and what is known of them.', ['tutela archive list case-7 --json']),
  },
});
const show = buildCommand<JsonFlags, [string, string], TutelaContext>({
  loader: async () => (await import('../commands/archive.js')).archiveShow,
  parameters: { flags: json, positional: and('archive', 'As archive list names it') },
  docs: {
    brief: 'Show one archive: its locks and members, never a password',
    fullDescription: withExamples('Show one archive: its locks and members, never a password.', [
      'tutela archive show case-7 3f0e5a1b',
    ]),
  },
});

export const archiveRoutes = buildRouteMap({
  routes: { examine, list, show, open },
  docs: { brief: 'Archives of a seizure' },
});

const importList = buildCommand<RecoverListFlags, [string, string], TutelaContext>({
  loader: async () => (await import('../commands/archive.js')).recoverImport,
  parameters: {
    flags: { name: text('name', 'What people call the list'), ...json },
    positional: and('file', 'One word a line, the most used first'),
  },
  docs: {
    brief: 'Keep a word list in the vault of a case',
    fullDescription: withExamples('Keep a word list in the vault of a case.', [
      'tutela recover import-list case-7 words.txt --name words',
    ]),
  },
});
const run = buildCommand<JsonFlags, [string, string], TutelaContext>({
  loader: async () => (await import('../commands/archive.js')).recoverRun,
  parameters: { flags: json, positional: underAuthority },
  docs: {
    brief: 'Look for passwords until the stop rule ends it (TUTELA_HASHCAT=1 uses hashcat besides)',
    fullDescription: withExamples(
      'Look for passwords until the stop rule ends it (TUTELA_HASHCAT=1 uses hashcat besides).',
      ['tutela recover run case-7 3f0e5a1b-0000-4000-8000-000000000000'],
    ),
  },
});
const status = buildCommand<JsonFlags, [string, string], TutelaContext>({
  loader: async () => (await import('../commands/archive.js')).recoverStatus,
  parameters: { flags: json, positional: underAuthority },
  docs: {
    brief: 'Tell how far it has come',
    fullDescription: withExamples('Tell how far it has come.', [
      'tutela recover status case-7 3f0e5a1b-0000-4000-8000-000000000000',
    ]),
  },
});
const stop = buildCommand<RecoverStopFlags, [string, string], TutelaContext>({
  loader: async () => (await import('../commands/archive.js')).recoverStop,
  parameters: { flags: { reason: text('words', 'Why, for the record'), ...json }, positional: underAuthority },
  docs: {
    brief: 'End it; workers stop at their next heartbeat',
    fullDescription: withExamples('End it; workers stop at their next heartbeat.', [
      'tutela recover stop case-7 3f0e5a1b-0000-4000-8000-000000000000 --reason "enough"',
    ]),
  },
});

export const recoverRoutes = buildRouteMap({
  routes: { 'import-list': importList, run, status, stop },
  docs: { brief: 'Passwords of locked archives, inside one authority' },
});
