import { buildCommand, buildRouteMap } from '@stricli/core';
import type { ApprovalApproveFlags, ApprovalRefuseFlags } from '../commands/approval-decide.js';
import type { ApprovalListFlags } from '../commands/approval-list.js';
import type { ApprovalShowFlags } from '../commands/approval-show.js';
import { type DataFlags, dataFlag, jsonFlag, jsonlFlag, limitFlag, type OutputFlags } from '../commands/flags.js';
import type { PersonAddFlags } from '../commands/person-add.js';
import type { PersonNewKeyFlags } from '../commands/person-new-key.js';
import type { PersonRevokeFlags } from '../commands/person-revoke.js';
import type { TutelaContext } from '../context.js';
import { withExamples } from './examples.js';

/** What goes on record must say something. */
const parseText = (text: string): string => {
  if (text.trim() !== '') return text;
  throw new SyntaxError('must not be empty');
};
const output = { json: jsonFlag, jsonl: jsonlFlag, data: dataFlag } as const;
const text = (placeholder: string, brief: string) =>
  ({ kind: 'parsed', parse: parseText, placeholder, brief }) as const;
const optionalText = (placeholder: string, brief: string) => ({ ...text(placeholder, brief), optional: true }) as const;
const passphraseFile = optionalText('file', 'File with the passphrase (else TUTELA_PASSPHRASE, else asked for)');
const onePerson = {
  kind: 'tuple',
  parameters: [{ parse: String, placeholder: 'person', brief: 'A pseudonym, such as staff-7' }],
} as const;
const oneRequest = {
  kind: 'tuple',
  parameters: [{ parse: String, placeholder: 'request', brief: 'Digest of a request, or its beginning' }],
} as const;

const newKeyCommand = buildCommand<PersonNewKeyFlags, [string], TutelaContext>({
  loader: () => import('../commands/person-new-key.js'),
  parameters: {
    flags: {
      name: text('name', 'Your name, for the people of this installation; no entry of the ledger shows it'),
      output: optionalText('file', 'Where to write the key (default: PERSON.key)'),
      passphraseFile,
    },
    positional: onePerson,
  },
  docs: {
    brief: 'Make a personal key file',
    fullDescription: withExamples(
      'An Ed25519 key, encrypted to a passphrase (age with scrypt), and its public half as PERSON.key.pub.',
      ['tutela person new-key staff-7 --name "Ana Souza"'],
    ),
  },
});

const addCommand = buildCommand<PersonAddFlags, string[], TutelaContext>({
  loader: () => import('../commands/person-add.js'),
  parameters: {
    flags: {
      reason: { ...text('text', 'Why; goes on record'), default: 'joins' },
      json: jsonFlag,
      data: dataFlag,
    },
    positional: {
      kind: 'array',
      parameter: { parse: String, placeholder: 'file', brief: 'Public halves of keys (.pub)' },
    },
  },
  docs: {
    brief: 'Enrol people who may approve',
    fullDescription: withExamples(
      'The first two people of an installation are enrolled together. After that one at a time is asked for, and is ' +
        'enrolled once somebody else who is enrolled has approved it.',
      [
        'tutela person add ana.key.pub ben.key.pub',
        'TUTELA_ACTOR=staff-7 tutela person add eva.key.pub --reason "new colleague"',
      ],
    ),
  },
});

const personListCommand = buildCommand<DataFlags & OutputFlags, [], TutelaContext>({
  loader: () => import('../commands/person-list.js'),
  parameters: { flags: output },
  docs: {
    brief: 'List people who may approve, and their keys',
    fullDescription: withExamples('Everybody who was ever enrolled.', [
      'tutela person list',
      'tutela person list --json',
    ]),
  },
});

const revokeCommand = buildCommand<PersonRevokeFlags, [string], TutelaContext>({
  loader: () => import('../commands/person-revoke.js'),
  parameters: {
    flags: {
      reason: text('text', 'Why; goes on record'),
      credential: optionalText('id', 'Only this key of theirs (tutela person list --json)'),
      data: dataFlag,
    },
    positional: onePerson,
  },
  docs: {
    brief: 'Take away what a person may approve',
    fullDescription: withExamples('At once and for good. What was approved and used before stands.', [
      'tutela person revoke staff-7 --reason "left the unit"',
    ]),
  },
});

const approvalListCommand = buildCommand<ApprovalListFlags, [], TutelaContext>({
  loader: () => import('../commands/approval-list.js'),
  parameters: {
    flags: {
      state: { kind: 'enum', values: ['open', 'all'], default: 'open', brief: 'Which requests' },
      limit: limitFlag,
      ...output,
    },
  },
  docs: {
    brief: 'List what waits to be approved',
    fullDescription: withExamples('Newest first.', ['tutela approval list', 'tutela approval list --state all --json']),
  },
});

const approvalShowCommand = buildCommand<ApprovalShowFlags, [string], TutelaContext>({
  loader: () => import('../commands/approval-show.js'),
  parameters: { flags: { json: jsonFlag, data: dataFlag }, positional: oneRequest },
  docs: {
    brief: 'Show all that would be approved',
    fullDescription: withExamples('Every member of the request, its digest, and who has approved it.', [
      'tutela approval show 3f0e5a1b22c4',
    ]),
  },
});

const decisionFlags = {
  key: text('file', 'Your key file (tutela person new-key)'),
  passphraseFile,
  json: jsonFlag,
  data: dataFlag,
} as const;

const approveCommand = buildCommand<ApprovalApproveFlags, [string], TutelaContext>({
  loader: async () => (await import('../commands/approval-decide.js')).approve,
  parameters: { flags: decisionFlags, positional: oneRequest },
  docs: {
    brief: 'Approve a request with your key file',
    fullDescription: withExamples('Signs the digest of the request. Whoever asked, and whom it is about, cannot.', [
      'tutela approval approve 3f0e5a1b22c4 --key staff-7.key',
    ]),
  },
});

const refuseCommand = buildCommand<ApprovalRefuseFlags, [string], TutelaContext>({
  loader: async () => (await import('../commands/approval-decide.js')).refuse,
  parameters: {
    flags: { ...decisionFlags, reason: text('text', 'Why; goes on record, signed') },
    positional: oneRequest,
  },
  docs: {
    brief: 'Refuse a request with your key file',
    fullDescription: withExamples('One refusal ends a request. Whoever asked for something takes it back so.', [
      'tutela approval refuse 3f0e5a1b22c4 --key staff-7.key --reason "two files of another case"',
    ]),
  },
});

/** People who may approve, and what they approve. */
export const policyCommands = {
  person: buildRouteMap({
    routes: { 'new-key': newKeyCommand, add: addCommand, list: personListCommand, revoke: revokeCommand },
    docs: { brief: 'People who may approve, and their keys' },
  }),
  approval: buildRouteMap({
    routes: { list: approvalListCommand, show: approvalShowCommand, approve: approveCommand, refuse: refuseCommand },
    docs: { brief: 'What needs the word of two people' },
  }),
} as const;
