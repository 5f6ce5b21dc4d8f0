import { buildCommand, buildRouteMap } from '@stricli/core';
import { letterLanguages } from '@tutela/investigator-desk';
import { type DataFlags, dataFlag, jsonFlag, limitFlag } from '../commands/flags.js';
import type {
  ServiceImportFlags,
  ServicePreserveFlags,
  ServiceTimelineFlags,
  ServiceUsersFlags,
  ServiceVicsFlags,
} from '../commands/service.js';
import type { TutelaContext } from '../context.js';
import { withExamples } from './examples.js';

const json = { json: jsonFlag, data: dataFlag } as const;
const text = (placeholder: string, brief: string) => ({ kind: 'parsed', parse: String, placeholder, brief }) as const;
const maybe = (placeholder: string, brief: string) => ({ ...text(placeholder, brief), optional: true }) as const;
const caseRef = { parse: String, placeholder: 'case', brief: 'Reference of a case, such as OPP-26-1042' } as const;
const oneCase = { kind: 'tuple', parameters: [caseRef] } as const;
const ranges = text('file', "Delegated statistics of the registries, or lines cidr,country, of the operator's own");
const providers = maybe('file', 'Whom to write to: lines holder,name,contact');

const formats = [
  'accounts-csv',
  'access-log',
  'abuse-mbox',
  'payments-csv',
  'staff-csv',
  'takedowns-csv',
  'shares-csv',
] as const;

const importCommand = buildCommand<ServiceImportFlags, [string, string], TutelaContext>({
  loader: async () => (await import('../commands/service.js')).serviceImport,
  parameters: {
    flags: {
      format: { kind: 'enum', values: formats, brief: 'What the files are' },
      desk: maybe('address', 'Of mail: the address of the abuse desk'),
      account: maybe('expression', 'Of mail: finds the account, as its first group'),
      ...json,
    },
    positional: {
      kind: 'tuple',
      parameters: [caseRef, { parse: String, placeholder: 'path', brief: 'Beginning of paths in a source' }],
    },
  },
  docs: {
    brief: "Read the service's own records, row by row inside the authorities",
    fullDescription: withExamples(
      'Rows that no authority covers are counted and left out; lines that cannot be read are kept by number.',
      [
        'tutela service import OPP-26-1042 server/log/ --format access-log',
        'tutela service import OPP-26-1042 server/mail/abuse.mbox --format abuse-mbox --desk abuse@locker.example --account "/files/([^/\\s]+)/"',
      ],
    ),
  },
});
const usersCommand = buildCommand<ServiceUsersFlags, [string], TutelaContext>({
  loader: async () => (await import('../commands/service.js')).serviceUsers,
  parameters: {
    flags: { ranges, against: maybe('file', 'A second data set; where it differs is counted'), providers, ...json },
    positional: oneCase,
  },
  docs: {
    brief: 'Count users by country and provider',
    fullDescription: withExamples('The answer names its data, with date and SHA-256. Unknown is a row.', [
      'tutela service users OPP-26-1042 --ranges delegated-combined --against geo.csv --providers providers.csv',
    ]),
  },
});
const timelineCommand = buildCommand<ServiceTimelineFlags, [string], TutelaContext>({
  loader: async () => (await import('../commands/service.js')).serviceTimeline,
  parameters: {
    flags: {
      account: maybe('account', 'Of one customer'),
      limit: { ...limitFlag, brief: 'At most so many, oldest first' },
      ...json,
    },
    positional: oneCase,
  },
  docs: {
    brief: 'Tell what the provider of the service knew and earned, each entry with exhibit, file and line',
    fullDescription: withExamples(
      'Tell what the provider of the service knew and earned, each entry with exhibit, file and line.',
      ['tutela service timeline case-7 --account 4711'],
    ),
  },
});
const matchCommand = buildCommand<DataFlags & { readonly json: boolean }, [string, string], TutelaContext>({
  loader: async () => (await import('../commands/service.js')).serviceMatch,
  parameters: {
    flags: json,
    positional: {
      kind: 'tuple',
      parameters: [
        caseRef,
        { parse: String, placeholder: 'list', brief: 'A list of digests and PDQ hashes: CSV, JSON, md5sum' },
      ],
    },
  },
  docs: {
    brief: 'Compare the files of a case with a list of known ones',
    fullDescription: withExamples(
      'Exact matches are files of the same bytes. Near matches are pictures that look like a listed one: leads, which a ' +
        'person has to judge. They are found among pictures that tutela seize fingerprint has looked at.',
      ['tutela service match case-7 known.csv', 'tutela service match case-7 known.csv --json'],
    ),
  },
});
const preserveCommand = buildCommand<ServicePreserveFlags, [string], TutelaContext>({
  loader: async () => (await import('../commands/service.js')).servicePreserve,
  parameters: {
    flags: {
      ranges,
      providers,
      language: { kind: 'enum', values: letterLanguages, default: 'en', brief: 'Of the letters' },
      output: text('folder', 'Where the letters go'),
      ...json,
    },
    positional: oneCase,
  },
  docs: {
    brief: 'Write requests for preservation, oldest evidence first',
    fullDescription: withExamples(
      'One letter for each provider and country: addresses, ports and moments, never an account.',
      ['tutela service preserve OPP-26-1042 --ranges delegated-combined --language es --output letters'],
    ),
  },
});
const vicsCommand = buildCommand<ServiceVicsFlags, [string], TutelaContext>({
  loader: async () => (await import('../commands/service.js')).serviceVics,
  parameters: {
    flags: {
      organization: text('name', 'Whose case it is'),
      contact: text('name', 'Whom to ask'),
      output: text('file', 'A new file'),
      data: dataFlag,
    },
    positional: oneCase,
  },
  docs: {
    brief: 'Write the known files of a case as Project VIC 2.0, without thumbnails',
    fullDescription: withExamples('Write the known files of a case as Project VIC 2.0, without thumbnails.', [
      'tutela service vics case-7 --organization "North Police" --contact staff-7 --output case-7.json',
    ]),
  },
});

export const serviceRoutes = buildRouteMap({
  routes: {
    import: importCommand,
    users: usersCommand,
    timeline: timelineCommand,
    match: matchCommand,
    preserve: preserveCommand,
    vics: vicsCommand,
  },
  docs: { brief: "What a seized service's own records say" },
});
