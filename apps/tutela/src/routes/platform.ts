import { buildCommand, buildRouteMap } from '@stricli/core';
import { type DataFlags, dataFlag, jsonFlag, jsonlFlag, limitFlag, type OutputFlags } from '../commands/flags.js';
import type { ListFollowFlags } from '../commands/hashlist/follow.js';
import type { ListImportFlags } from '../commands/list-import.js';
import type { ReportListFlags } from '../commands/report-list.js';
import type { ReviewDecideFlags } from '../commands/review-decide.js';
import { type ReviewListFlags, reviewStates } from '../commands/review-states.js';
import type { ReviewViewFlags } from '../commands/review-view.js';
import type { TutelaContext } from '../context.js';
import { withExamples } from './examples.js';
import { oneList, optionalWord, wholeNumber, word } from './hashlist-parameters.js';
import { reportImportCommand } from './investigator.js';

/** What goes on record must say something. */
const parseText = (text: string): string => {
  if (text.trim() !== '') return text;
  throw new SyntaxError('must not be empty');
};

const output = { json: jsonFlag, jsonl: jsonlFlag, data: dataFlag } as const;

const listShowCommand = buildCommand<DataFlags & OutputFlags, [], TutelaContext>({
  loader: () => import('../commands/list-show.js'),
  parameters: { flags: output },
  docs: {
    brief: 'Show the lists of known material',
    fullDescription: withExamples('Each list by name, with what its newest import holds. The hashes stay inside.', [
      'tutela list show',
      'tutela list show --json',
    ]),
  },
});

const listImportCommand = buildCommand<ListImportFlags, [string], TutelaContext>({
  loader: () => import('../commands/list-import.js'),
  parameters: {
    flags: {
      name: {
        kind: 'parsed',
        parse: parseText,
        placeholder: 'name',
        brief: 'Name the list is known by; importing again replaces it',
      },
      hex64: {
        kind: 'enum',
        values: ['sha256', 'pdq'],
        optional: true,
        brief: 'What 64 digits are where the file does not say',
      },
      json: jsonFlag,
      data: dataFlag,
    },
    positional: { kind: 'tuple', parameters: [{ parse: String, placeholder: 'file', brief: 'The list' }] },
  },
  docs: {
    brief: 'Import a list of known hashes',
    fullDescription: withExamples(
      'Reads CSV (with or without a heading), JSON, JSONL, md5sum and sha256sum text, and pages of the NCMEC hash ' +
        'sharing API v2. Lines that are no entry are told by number, and the rest goes on.',
      ['tutela list import known.csv --name known', 'tutela list import hashes.txt --name known --hex64 pdq'],
    ),
  },
});

const listFollowCommand = buildCommand<ListFollowFlags, [string], TutelaContext>({
  loader: () => import('../commands/hashlist/follow.js'),
  parameters: {
    flags: {
      credentials: word('file', 'One line username:password, yours alone (chmod 600)'),
      folder: word('folder', 'Where what is held of the list lies'),
      name: optionalWord('name', 'Import what stands as this list of the platform, each time it has changed'),
      every: {
        kind: 'parsed',
        parse: wholeNumber,
        optional: true,
        placeholder: 'minutes',
        brief: 'Go on until interrupted, asking so often',
      },
      json: jsonFlag,
      data: dataFlag,
    },
    positional: oneList('root', 'Root of the environment: what stands before /v2/'),
  },
  docs: {
    brief: 'Follow a list over the NCMEC Hash Sharing API v2',
    fullDescription: withExamples(
      'Reads what changed since the last time, deletions too. The checkpoint moves only after the last page of a window. ' +
        'Every ten minutes to daily is reasonable.',
      [
        'tutela list follow https://centre.example/hashsharing/csam --credentials member.txt --folder held --name csam',
        'tutela list follow https://centre.example/hashsharing/csam --credentials member.txt --folder held --every 30',
      ],
    ),
  },
});

const accountFlag = {
  kind: 'parsed',
  parse: String,
  optional: true,
  placeholder: 'account',
  brief: 'All matches of an account that wait',
} as const;

const reviewListCommand = buildCommand<ReviewListFlags, [], TutelaContext>({
  loader: () => import('../commands/review-list.js'),
  parameters: {
    flags: {
      state: { kind: 'enum', values: reviewStates, default: 'waiting', brief: 'Which matches' },
      account: { ...accountFlag, brief: 'Only those of an account' },
      limit: limitFlag,
      ...output,
    },
  },
  docs: {
    brief: 'List matches that wait for a decision',
    fullDescription: withExamples('Matches by what is known of them. No file is shown.', [
      'tutela review list',
      'tutela review list --state all --jsonl',
    ]),
  },
});

const decisionParameters = {
  flags: {
    reason: { kind: 'parsed', parse: parseText, placeholder: 'text', brief: 'Why; goes on record' },
    account: accountFlag,
    data: dataFlag,
  },
  positional: {
    kind: 'array',
    parameter: {
      parse: String,
      placeholder: 'match',
      brief: 'Ids of matches (tutela review list), or their beginnings',
    },
  },
} as const;

const confirmCommand = buildCommand<ReviewDecideFlags, string[], TutelaContext>({
  loader: async () => (await import('../commands/review-decide.js')).confirm,
  parameters: decisionParameters,
  docs: {
    brief: 'Confirm matches: they will be reported',
    fullDescription: withExamples('Once everything found of an account is decided, one report is filed for it.', [
      'tutela review confirm 3f0e5a1b --reason "same picture as the listed one"',
      'tutela review confirm --account alice --reason "all as listed"',
    ]),
  },
});

const dismissCommand = buildCommand<ReviewDecideFlags, string[], TutelaContext>({
  loader: async () => (await import('../commands/review-decide.js')).dismiss,
  parameters: decisionParameters,
  docs: {
    brief: 'Dismiss matches: nothing is reported of them',
    fullDescription: withExamples('The first decision on a match stands.', [
      'tutela review dismiss 3f0e5a1b --reason "a different beach"',
    ]),
  },
});

const viewCommand = buildCommand<ReviewViewFlags, [string], TutelaContext>({
  loader: () => import('../commands/review-view.js'),
  parameters: {
    flags: {
      reason: { kind: 'parsed', parse: parseText, placeholder: 'text', brief: 'Why you have to look; goes on record' },
      output: {
        kind: 'parsed',
        parse: parseText,
        placeholder: 'file',
        brief: 'Where to write it; must not be there yet',
      },
      data: dataFlag,
    },
    positional: {
      kind: 'tuple',
      parameters: [{ parse: String, placeholder: 'match', brief: 'Id of a match, or its beginning' }],
    },
  },
  docs: {
    brief: 'Write the original of a match to a file, with the look on record',
    fullDescription: withExamples(
      'The look is on record before the first byte is written, and a report says that the file was viewed.',
      ['tutela review view 3f0e5a1b --reason "near match, 28 bits" --output look.jpg'],
    ),
  },
});

const reportListCommand = buildCommand<ReportListFlags, [], TutelaContext>({
  loader: () => import('../commands/report-list.js'),
  parameters: { flags: { limit: limitFlag, ...output } },
  docs: {
    brief: 'List the reports that were filed or are under way',
    fullDescription: withExamples('With the number the clearinghouse gave to each.', [
      'tutela report list',
      'tutela report list --jsonl',
    ]),
  },
});

/** Commands of the platform desk, and beside its reports those that police receive. */
export const platformRoutes = {
  list: buildRouteMap({
    routes: { import: listImportCommand, follow: listFollowCommand, show: listShowCommand },
    docs: { brief: 'Lists of known material' },
  }),
  review: buildRouteMap({
    routes: { list: reviewListCommand, view: viewCommand, confirm: confirmCommand, dismiss: dismissCommand },
    docs: { brief: 'Matches, and what a person says of them' },
  }),
  report: buildRouteMap({
    routes: { list: reportListCommand, import: reportImportCommand },
    docs: { brief: 'Reports filed with the clearinghouse, and reports received from one' },
  }),
} as const;
