import { buildCommand, buildRouteMap } from '@stricli/core';
import { type DataFlags, dataFlag, jsonFlag, jsonlFlag, limitFlag, type OutputFlags } from '../commands/flags.js';
import type {
  HashlistOpenFlags,
  HashlistProposeFlags,
  HashlistVouchFlags,
  HashlistWithdrawFlags,
} from '../commands/hashlist/curate.js';
import type { ListVerifyFlags } from '../commands/hashlist/verify.js';
import type { TutelaContext } from '../context.js';
import { withExamples } from './examples.js';
import {
  listAdmitCommand,
  listGrantCommand,
  listMembersCommand,
  listReviewerCommand,
  listRevokeCommand,
  listTraceCommand,
} from './hashlist-members.js';
import { choice, listAnd, nonEmpty, oneList, onlyList, optionalWord, word } from './hashlist-parameters.js';

const output = { json: jsonFlag, jsonl: jsonlFlag, data: dataFlag } as const;
const one = { json: jsonFlag, data: dataFlag } as const;
const curate = () => import('../commands/hashlist/curate.js');
const members = () => import('../commands/hashlist/members.js');

const openCommand = buildCommand<HashlistOpenFlags, [string], TutelaContext>({
  loader: async () => (await curate()).open,
  parameters: {
    flags: {
      title: word('title', 'What it holds, for people'),
      rule: {
        ...choice(['two-reviewers', 'two-organisations'], 'Who has to vouch for an entry'),
        default: 'two-organisations',
      },
      publisher: word('name', 'Whose entries its own are'),
      canaries: {
        kind: 'parsed',
        parse: Number,
        default: '4',
        placeholder: 'n',
        brief: 'Entries unique to each recipient',
      },
      ...one,
    },
    positional: onlyList,
  },
  docs: {
    brief: 'Open an empty known-hash list',
    fullDescription: withExamples(
      'Members read it below /hashsharing/LIST by the NCMEC Hash Sharing API v2. Lists on whose account somebody is ' +
        'reported ask for reviewers of two organisations.',
      ['tutela hashlist open csam --title "Industry" --publisher "National Centre"'],
    ),
  },
});

const showCommand = buildCommand<DataFlags & OutputFlags, [], TutelaContext>({
  loader: async () => (await curate()).show,
  parameters: { flags: output },
  docs: {
    brief: 'Show the lists that are shared from here',
    fullDescription: withExamples('How much stands on each, what waits, who receives it, and its newest version.', [
      'tutela hashlist show',
    ]),
  },
});

const proposeCommand = buildCommand<HashlistProposeFlags, [string, string], TutelaContext>({
  loader: async () => (await curate()).propose,
  parameters: {
    flags: {
      category: word('category', 'Such as "Unconfirmed CSAM"; the exchange names them'),
      classification: optionalWord('class', 'What subscribers see, such as A1'),
      provenance: word('kind:reference', 'report, hotline, investigator or member, and which'),
      vetting: word('text', 'How it was vetted'),
      media: { ...choice(['image', 'video'], 'What the hashes are of'), default: 'image' },
      hex64: { ...choice(['sha256', 'pdq'], 'What 64 digits are where the file does not say'), optional: true },
      ...one,
    },
    positional: listAnd('file', 'Fingerprints, in a form that list import reads'),
  },
  docs: {
    brief: 'Propose entries for a list',
    fullDescription: withExamples(
      'Nobody receives them until two reviewers have vouched for them together. TUTELA_ACTOR proposes.',
      [
        'tutela hashlist propose csam new.csv --category "Unconfirmed CSAM" --provenance "hotline:case 12" --vetting "two looked"',
      ],
    ),
  },
});

const waitingCommand = buildCommand<DataFlags & OutputFlags, [string], TutelaContext>({
  loader: async () => (await curate()).waiting,
  parameters: { flags: output, positional: onlyList },
  docs: {
    brief: 'List what waits for a reviewer',
    fullDescription: withExamples('Entries for everybody, and the canaries of members whose access is to open.', [
      'tutela hashlist waiting csam',
    ]),
  },
});

const vouchCommand = buildCommand<HashlistVouchFlags, [string], TutelaContext>({
  loader: async () => (await curate()).vouch,
  parameters: {
    flags: {
      key: word('file', 'Your key file'),
      passphraseFile: optionalWord('file', 'File with the passphrase (else TUTELA_PASSPHRASE, else asked for)'),
      ...one,
    },
    positional: {
      kind: 'tuple',
      parameters: [{ parse: nonEmpty, placeholder: 'digest', brief: 'Of a proposal, or its beginning' }],
    },
  },
  docs: {
    brief: 'Vouch for proposed entries, as a reviewer',
    fullDescription: withExamples('Your signature stays with the entries, so that members can verify it years later.', [
      'tutela hashlist vouch 3f0e5a1b --key ann.key',
    ]),
  },
});

const withdrawCommand = buildCommand<HashlistWithdrawFlags, string[], TutelaContext>({
  loader: async () => (await curate()).withdraw as never,
  parameters: {
    flags: { reason: word('text', 'Why; goes on record'), ...one },
    positional: {
      kind: 'array',
      minimum: 2,
      parameter: { parse: nonEmpty, placeholder: 'list entry', brief: 'The list, then its entries' },
    },
  },
  docs: {
    brief: 'Withdraw entries from a list',
    fullDescription: withExamples('One person is enough; subscribers learn it with their next poll.', [
      'tutela hashlist withdraw csam 6f9b2c1e-4d2a-4c8e-9a51-0c9f2f1b7d33 --reason "a family picture"',
    ]),
  },
});

const publishCommand = buildCommand<DataFlags & { readonly json: boolean }, [string], TutelaContext>({
  loader: async () => (await members()).publish,
  parameters: { flags: one, positional: onlyList },
  docs: {
    brief: 'Publish a version of a list now',
    fullDescription: withExamples('A node publishes what has changed every ten minutes by itself.', [
      'tutela hashlist publish csam',
    ]),
  },
});

const versionsCommand = buildCommand<DataFlags & OutputFlags & { readonly limit: number }, [string], TutelaContext>({
  loader: async () => (await members()).versions,
  parameters: { flags: { limit: limitFlag, ...output }, positional: onlyList },
  docs: {
    brief: 'List the published versions of a list',
    fullDescription: withExamples(
      'Each is an event of the ledger with a root over hidden commitments to its entries.',
      ['tutela hashlist versions csam'],
    ),
  },
});

const verifyCommand = buildCommand<ListVerifyFlags, [string], TutelaContext>({
  loader: () => import('../commands/hashlist/verify.js'),
  parameters: {
    flags: {
      credentials: word('file', 'One line username:password, as the clearinghouse gave it'),
      policy: word(
        'file',
        "Keys of the clearinghouse's log and of the witnesses that must have seen it (C2SP tlog-policy)",
      ),
      with: optionalWord('file', 'The version.json of another member'),
      entry: optionalWord('entry', 'Of which entry to verify the two vouchers, as MEMBER/ID'),
      json: jsonFlag,
    },
    positional: oneList('folder', 'Where tutela list follow keeps the list'),
  },
  docs: {
    brief: 'Verify, as a member, that you hold the list that everybody holds',
    fullDescription: withExamples(
      'The version is in the ledger and witnesses have seen it; every entry held is in it and none is missing; another ' +
        'member holds the same; two reviewers vouched for an entry. Writes version.json, to hand to other members. Exit ' +
        'code 1 when anything of it fails.',
      [
        'tutela hashlist verify held --credentials member.txt --policy log.policy --with theirs.json --entry 1/6f9b2c1e-4d2a-4c8e-9a51-0c9f2f1b7d33',
      ],
    ),
  },
});

/** Commands of the clearinghouse's known-hash lists, and the one by which a member verifies them. */
export const hashlistRoutes = buildRouteMap({
  routes: {
    open: openCommand,
    show: showCommand,
    propose: proposeCommand,
    waiting: waitingCommand,
    vouch: vouchCommand,
    withdraw: withdrawCommand,
    reviewer: listReviewerCommand,
    admit: listAdmitCommand,
    grant: listGrantCommand,
    revoke: listRevokeCommand,
    members: listMembersCommand,
    publish: publishCommand,
    versions: versionsCommand,
    verify: verifyCommand,
    trace: listTraceCommand,
  },
  docs: { brief: 'Known-hash lists that are shared from here, and their proofs' },
});
