import { buildCommand, buildRouteMap, numberParser } from '@stricli/core';
import type { ImportFlags, ListFlags } from '../commands/clearinghouse/authority-registry.js';
import type { ClearinghouseDemoFlags } from '../commands/clearinghouse/demo.js';
import type { IssueFlags } from '../commands/clearinghouse/feed-credentials.js';
import type { ReporterFlags } from '../commands/clearinghouse/reporter-credentials.js';
import { type DataFlags, dataFlag, jsonFlag, jsonlFlag, type OutputFlags } from '../commands/flags.js';
import type { AddFeedFlags } from '../commands/referral-add-feed.js';
import type { ReferralPullFlags } from '../commands/referral-pull.js';
import { parseEvery } from '../config/fetch-every.js';
import type { TutelaContext } from '../context.js';
import { withExamples } from './examples.js';

const one = (placeholder: string, brief: string) =>
  ({ kind: 'tuple', parameters: [{ parse: String, placeholder, brief }] }) as const;
const json = { json: jsonFlag, data: dataFlag } as const;
const registry = () => import('../commands/clearinghouse/authority-registry.js');

const registryRoutes = buildRouteMap({
  routes: {
    import: buildCommand<ImportFlags, [string], TutelaContext>({
      loader: async () => (await registry()).importRegistry,
      parameters: { flags: json, positional: one('file', 'CSV or JSON; docs/clearinghouse.md says how it is written') },
      docs: {
        brief: 'Take over which authority gets the reports of a country',
        fullDescription: withExamples(
          'Each row keeps its source and date. A bad row is refused by name, the rest is taken, and it ends with 4. An ' +
            'authority that the file does not name stays as it is. Reports that waited for an authority are routed again.',
          ['tutela authority-registry import authorities.csv'],
        ),
      },
    }),
    list: buildCommand<ListFlags, [], TutelaContext>({
      loader: async () => (await registry()).listRegistry,
      parameters: {
        flags: {
          country: {
            kind: 'parsed',
            parse: String,
            optional: true,
            placeholder: 'code',
            brief: 'Of this country only',
          },
          json: jsonFlag,
          jsonl: jsonlFlag,
          data: dataFlag,
        },
      },
      docs: {
        brief: 'List the authorities that reports go to',
        fullDescription: withExamples('With channel, languages, instruments, and where each row comes from.', [
          'tutela authority-registry list --country PY',
        ]),
      },
    }),
  },
  docs: { brief: 'Authorities of the world, as the operator brings them' },
});

const credentialRoutes = buildRouteMap({
  routes: {
    issue: buildCommand<IssueFlags, [string], TutelaContext>({
      loader: async () => (await import('../commands/clearinghouse/feed-credentials.js')).issue,
      parameters: { flags: json, positional: one('authority', 'As tutela authority-registry list names it') },
      docs: {
        brief: 'Issue the credential with which an authority fetches its referrals',
        fullDescription: withExamples(
          'It is printed once, and only its digest is kept. Issuing it again ends the one before.',
          ['tutela feed-credentials issue py-demo-police > py.credential'],
        ),
      },
    }),
  },
  docs: { brief: 'Credentials of authorities for /feed/v1' },
});

const reporterRoutes = buildRouteMap({
  routes: {
    issue: buildCommand<ReporterFlags, [string], TutelaContext>({
      loader: async () => (await import('../commands/clearinghouse/reporter-credentials.js')).issueReporter,
      parameters: {
        flags: {
          organisation: { kind: 'parsed', parse: String, placeholder: 'name', brief: 'Who files, as reports show it' },
          ...json,
        },
        positional: one('username', 'Without a colon'),
      },
      docs: {
        brief: 'Issue the credential with which a service files reports here',
        fullDescription: withExamples(
          'The password is printed once, and only its digest is kept. Issuing it again replaces the password.',
          ['tutela reporter issue example-chat --organisation "Example Chat"'],
        ),
      },
    }),
  },
  docs: { brief: 'Credentials of reporting services for /ispws' },
});

const feedFile = {
  kind: 'parsed',
  parse: String,
  placeholder: 'file',
  brief: 'JSON with baseUrl, authority and credential, readable by its owner alone',
} as const;

const referralRoutes = buildRouteMap({
  routes: {
    pull: buildCommand<ReferralPullFlags, [], TutelaContext>({
      loader: () => import('../commands/referral-pull.js'),
      parameters: {
        flags: {
          from: { ...feedFile, optional: true },
          feed: {
            kind: 'parsed',
            parse: String,
            placeholder: 'name',
            optional: true,
            brief: 'A feed that tutela referral add-feed kept',
          },
          ...json,
        },
      },
      docs: {
        brief: 'Fetch what a clearinghouse has for this authority, and import it',
        fullDescription: withExamples(
          'Onto the investigator desk. Each report comes once; interrupted, the next call goes on where it was. What the ' +
            'clearinghouse withdrew is marked. Each referral is acknowledged once its reports are here.',
          ['tutela referral pull --from clearinghouse.json', 'tutela referral pull --feed national-centre'],
        ),
      },
    }),
    addFeed: buildCommand<AddFeedFlags, [string], TutelaContext>({
      loader: () => import('../commands/referral-add-feed.js'),
      parameters: {
        flags: {
          from: { ...feedFile, optional: true },
          every: {
            kind: 'parsed',
            parse: parseEvery,
            placeholder: '15m|never',
            optional: true,
            brief: 'How often the node fetches by itself, from 1m to 7d (default 15m), or never',
          },
          data: dataFlag,
        },
        positional: one('name', 'As people of the investigator desk see it'),
      },
      docs: {
        brief: 'Keep where a clearinghouse’s feed is, so that the node and people fetch from it by name',
        fullDescription: withExamples(
          'Address and credential are kept in the data folder, in a file of its owner alone; the pages show the name and ' +
            'never the credential. Given again, it takes the place of the one before; without --from, only how often ' +
            'changes. A feed that does not answer is asked again after one minute, then two, four, up to an hour. No ' +
            'restart is needed.',
          [
            'tutela referral add-feed national-centre --from clearinghouse.json',
            'tutela referral add-feed national-centre --every never',
          ],
        ),
      },
    }),
    feeds: buildCommand<DataFlags & OutputFlags, [], TutelaContext>({
      loader: () => import('../commands/referral-feeds.js'),
      parameters: { flags: { json: jsonFlag, jsonl: jsonlFlag, data: dataFlag } },
      docs: {
        brief: 'List the feeds: when each was and will be fetched from, and what stands against it',
        fullDescription: withExamples(
          'With the last fault in words and what to do about it, and each report that came and could not be read.',
          ['tutela referral feeds'],
        ),
      },
    }),
  },
  docs: { brief: 'Referrals from a clearinghouse to the investigator desk' },
});

const count = (brief: string) =>
  ({ kind: 'parsed', parse: numberParser, optional: true, placeholder: 'n', brief }) as const;

const deskRoutes = buildRouteMap({
  routes: {
    demo: buildCommand<ClearinghouseDemoFlags, [], TutelaContext>({
      loader: () => import('../commands/clearinghouse/demo.js'),
      parameters: {
        flags: {
          reports: count('Reports (default: 50000)'),
          seed: count('Another seed makes another world (default: 2015)'),
          kill: count('Nodes that are killed on the way, with SIGKILL (default: 0)'),
          ...json,
        },
      },
      docs: {
        brief: 'Have a made world of reports go through the clearinghouse',
        fullDescription: withExamples(
          'Synthetic services file reports about users of 100 countries over HTTP at two nodes of this installation; ' +
            'they are judged, bundled and routed to invented authorities. Prints what came of them country by country, ' +
            'and holds each report against what is true of it. Run again, it files what is missing. It wants an ' +
            'installation of its own.',
          [
            'tutela clearinghouse demo --data /tmp/reports',
            'tutela clearinghouse demo --reports 500 --kill 3 --json --data /tmp/few-reports',
          ],
        ),
      },
    }),
  },
  docs: { brief: 'What the clearinghouse does, on made reports' },
});

export const clearinghouseCommands = {
  clearinghouse: deskRoutes,
  'authority-registry': registryRoutes,
  'feed-credentials': credentialRoutes,
  reporter: reporterRoutes,
  referral: referralRoutes,
} as const;
