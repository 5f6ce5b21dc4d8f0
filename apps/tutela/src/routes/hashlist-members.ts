import { buildCommand } from '@stricli/core';
import { type DataFlags, dataFlag, jsonFlag, jsonlFlag, type OutputFlags } from '../commands/flags.js';
import type { HashlistAdmitFlags, HashlistReviewerFlags, HashlistTraceFlags } from '../commands/hashlist/members.js';
import type { TutelaContext } from '../context.js';
import { withExamples } from './examples.js';
import { choice, listAndMember, oneList, wholeNumber, word } from './hashlist-parameters.js';

const output = { json: jsonFlag, jsonl: jsonlFlag, data: dataFlag } as const;
const one = { json: jsonFlag, data: dataFlag } as const;
const members = () => import('../commands/hashlist/members.js');
type JsonFlags = DataFlags & { readonly json: boolean };

export const listReviewerCommand = buildCommand<HashlistReviewerFlags, [string], TutelaContext>({
  loader: async () => (await members()).reviewer,
  parameters: {
    flags: { organisation: word('name', 'For whom they vouch'), ...one },
    positional: oneList('person', 'A pseudonym, such as staff-7'),
  },
  docs: {
    brief: 'Name a reviewer',
    fullDescription: withExamples('Their word counts for what is proposed from now on.', [
      'tutela hashlist reviewer ann --organisation "Hotline A"',
    ]),
  },
});

export const listAdmitCommand = buildCommand<HashlistAdmitFlags, [string], TutelaContext>({
  loader: async () => (await members()).admit,
  parameters: {
    flags: {
      username: word('username', 'For HTTP Basic'),
      quota: { kind: 'parsed', parse: wholeNumber, default: '600', placeholder: 'n', brief: 'Requests a minute' },
      ...one,
    },
    positional: oneList('name', 'Of the member'),
  },
  docs: {
    brief: 'Admit a member and make their credentials',
    fullDescription: withExamples('The password is shown once; only its digest is kept. They receive no list yet.', [
      'tutela hashlist admit "Platform One" --username platform-one',
    ]),
  },
});

export const listGrantCommand = buildCommand<JsonFlags, [string, number], TutelaContext>({
  loader: async () => (await members()).grant,
  parameters: { flags: one, positional: listAndMember },
  docs: {
    brief: 'Open a list to a member',
    fullDescription: withExamples(
      'Their canaries, entries that nobody else receives, wait for two reviewers; with their signatures the list opens.',
      ['tutela hashlist grant csam 2'],
    ),
  },
});

export const listRevokeCommand = buildCommand<JsonFlags, [string, number], TutelaContext>({
  loader: async () => (await members()).revoke,
  parameters: { flags: one, positional: listAndMember },
  docs: {
    brief: 'Close a list to a member, at once',
    fullDescription: withExamples('Their canaries leave it.', ['tutela hashlist revoke csam 2']),
  },
});

export const listMembersCommand = buildCommand<DataFlags & OutputFlags, [], TutelaContext>({
  loader: async () => (await members()).members,
  parameters: { flags: output },
  docs: {
    brief: 'List members, what is open to them, and when they last asked',
    fullDescription: withExamples('One row for each list of a member.', ['tutela hashlist members --json']),
  },
});

export const listTraceCommand = buildCommand<HashlistTraceFlags, [string], TutelaContext>({
  loader: async () => (await members()).trace,
  parameters: {
    flags: {
      hex64: { ...choice(['sha256', 'pdq'], 'What 64 digits are where the file does not say'), optional: true },
      ...output,
    },
    positional: oneList('file', 'The leaked list, in a form that list import reads'),
  },
  docs: {
    brief: 'Trace a leaked list to the member it was given to',
    fullDescription: withExamples('By the canaries that are in it. That it was asked goes on record.', [
      'tutela hashlist trace leaked.csv',
    ]),
  },
});
