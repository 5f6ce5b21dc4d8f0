import { buildCommand, buildRouteMap } from '@stricli/core';
import { type DataFlags, dataFlag, jsonFlag, jsonlFlag, limitFlag, type OutputFlags } from '../commands/flags.js';
import type { ListImportFlags } from '../commands/list-import.js';
import type { ReportListFlags } from '../commands/report-list.js';
import type { ReviewDecideFlags } from '../commands/review-decide.js';
import { type ReviewListFlags, reviewStates } from '../commands/review-states.js';
import type { TutelaContext } from '../context.js';
import { withExamples } from './examples.js';

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
        parse: String,
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

const reviewListCommand = buildCommand<ReviewListFlags, [], TutelaContext>({
  loader: () => import('../commands/review-list.js'),
  parameters: {
    flags: {
      state: { kind: 'enum', values: reviewStates, default: 'waiting', brief: 'Which matches' },
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
    reason: { kind: 'parsed', parse: String, placeholder: 'text', brief: 'Why; goes on record' },
    data: dataFlag,
  },
  positional: {
    kind: 'array',
    minimum: 1,
    parameter: { parse: String, placeholder: 'match', brief: 'Ids of matches (tutela review list)' },
  },
} as const;

const confirmCommand = buildCommand<ReviewDecideFlags, string[], TutelaContext>({
  loader: async () => (await import('../commands/review-decide.js')).confirm,
  parameters: decisionParameters,
  docs: {
    brief: 'Confirm matches: they will be reported',
    fullDescription: withExamples('Once everything found of an account is decided, one report is filed for it.', [
      'tutela review confirm 3f0e… --reason "same picture as the listed one"',
    ]),
  },
});

const dismissCommand = buildCommand<ReviewDecideFlags, string[], TutelaContext>({
  loader: async () => (await import('../commands/review-decide.js')).dismiss,
  parameters: decisionParameters,
  docs: {
    brief: 'Dismiss matches: nothing is reported of them',
    fullDescription: withExamples('The first decision on a match stands.', [
      'tutela review dismiss 3f0e… --reason "a different beach"',
    ]),
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

/** Commands of the platform desk. */
export const platformRoutes = {
  list: buildRouteMap({
    routes: { import: listImportCommand, show: listShowCommand },
    docs: { brief: 'Lists of known material' },
  }),
  review: buildRouteMap({
    routes: { list: reviewListCommand, confirm: confirmCommand, dismiss: dismissCommand },
    docs: { brief: 'Matches, and what a person says of them' },
  }),
  report: buildRouteMap({ routes: { list: reportListCommand }, docs: { brief: 'Reports to the clearinghouse' } }),
} as const;
