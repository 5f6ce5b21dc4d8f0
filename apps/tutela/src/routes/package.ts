import { buildCommand, buildRouteMap } from '@stricli/core';
import { dataFlag, jsonFlag, jsonlFlag, limitFlag } from '../commands/flags.js';
import type { Named, PackageDraftFlags } from '../commands/package-draft.js';
import type { PackageExportFlags } from '../commands/package-export.js';
import type { PackageListFlags } from '../commands/package-list.js';
import type { PackageProofFlags } from '../commands/package-proof.js';
import type { PackageShowFlags } from '../commands/package-show.js';
import type { PackageVerifyFlags } from '../commands/package-verify.js';
import type { TutelaContext } from '../context.js';
import { withExamples } from './examples.js';

const packageParameter = { parse: String, placeholder: 'package', brief: 'Its folder, or its ZIP or tar' } as const;

const parseCaseSeq = (text: string): number => {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new SyntaxError('not the number of an event, from 1');
};

const keys = (placeholder: string, brief: string) =>
  ({ kind: 'parsed', parse: String, variadic: true, optional: true, placeholder, brief }) as const;

const verifyCommand = buildCommand<PackageVerifyFlags, [string], TutelaContext>({
  loader: () => import('../commands/package-verify.js'),
  parameters: {
    flags: {
      trust: {
        kind: 'parsed',
        parse: String,
        optional: true,
        placeholder: 'file',
        brief: 'Keys that you trust, as JSON',
      },
      logKey: keys('key', 'A key of a log that you trust; may be given several times'),
      witnessKey: keys('key', 'A key of a witness that has to have cosigned; may be given several times'),
      timeRoot: keys('file', 'PEM of the root of a time authority that you trust; may be given several times'),
      json: jsonFlag,
    },
    positional: { kind: 'tuple', parameters: [packageParameter] },
  },
  docs: {
    brief: 'Check an evidence package offline',
    fullDescription: withExamples(
      'Checks every file, the history of the case, the proofs, signatures, time stamps and approvals, and names each file ' +
        'and event at fault. Keys inside of a package prove nothing about who made it: give those that you were told by ' +
        'another way. Ends with 0 verified, 1 damaged or not proven, 3 not readable, 4 consistent but keys not checked.',
      [
        'tutela package verify case-7.zip',
        'tutela package verify case-7 --trust court.json',
        'tutela package verify case-7 --log-key agency.example/evidence+8c0dc764+AQ… --time-root tsa.pem',
      ],
    ),
  },
});

const proofCommand = buildCommand<PackageProofFlags, [string, number], TutelaContext>({
  loader: () => import('../commands/package-proof.js'),
  parameters: {
    flags: {
      entry: { kind: 'boolean', default: false, withNegated: false, brief: 'Print the entry that is proven instead' },
    },
    positional: {
      kind: 'tuple',
      parameters: [
        packageParameter,
        { parse: parseCaseSeq, placeholder: 'event', brief: 'Number of the event in its case, from 1' },
      ],
    },
  },
  docs: {
    brief: 'Print the proof that an event is in the log',
    fullDescription: withExamples('C2SP tlog-proof, for the entry that --entry prints.', [
      'tutela package proof case-7 12 > event-12.tlog-proof',
      'tutela package proof case-7 12 --entry > event-12.json',
    ]),
  },
});

const showCommand = buildCommand<PackageShowFlags, [string], TutelaContext>({
  loader: () => import('../commands/package-show.js'),
  parameters: { flags: { json: jsonFlag }, positional: { kind: 'tuple', parameters: [packageParameter] } },
  docs: {
    brief: 'Print what a package says it holds',
    fullDescription: withExamples('What was asked for and what was packed. Nothing of it is checked.', [
      'tutela package show case-7.zip',
    ]),
  },
});

const parseNamed = (text: string): Named => {
  const [, name, rest] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
  if (name !== undefined && rest !== undefined) return { name: name.trim(), text: rest.trim() };
  throw new SyntaxError('not of the form NAME=TEXT');
};
const text = (placeholder: string, brief: string) => ({ kind: 'parsed', parse: String, placeholder, brief }) as const;
const named = (placeholder: string, brief: string) =>
  ({ kind: 'parsed', parse: parseNamed, variadic: true, optional: true, placeholder, brief }) as const;
const one = (placeholder: string, brief: string) =>
  ({ kind: 'tuple', parameters: [{ parse: String, placeholder, brief }] }) as const;

const draftCommand = buildCommand<PackageDraftFlags, [string], TutelaContext>({
  loader: () => import('../commands/package-draft.js'),
  parameters: {
    flags: {
      name: text('name', 'Of the package: its folder and its ZIP'),
      by: text('person', 'Who asks: a pseudonym'),
      reason: text('text', 'What it is for; it is part of what is approved'),
      to: named('name=age1…', 'Whom files are encrypted to; may be given several times'),
      unencrypted: { kind: 'boolean', default: false, withNegated: false, brief: 'Files lie open in the package' },
      leaveOut: named('file=reason', 'A file that stays out, and why; may be given several times'),
      json: jsonFlag,
      data: dataFlag,
    },
    positional: one('case', 'Reference of the case'),
  },
  docs: {
    brief: 'Choose what of a case is packed, and ask for two approvals',
    fullDescription: withExamples(
      'Every file of the case that an authority allows to be handed out; the others are named with the reason. Nothing is ' +
        'written out before two others have approved exactly this.',
      [
        'tutela package draft OPP-26-1042 --name court-1 --by staff-7 --reason "request of 3 March" --to "Court 4=age1…"',
        'tutela package draft OPP-26-1042 --name court-2 --by staff-7 --reason "…" --unencrypted --leave-out "report-1-file-2=privileged"',
      ],
    ),
  },
});

const listCommand = buildCommand<PackageListFlags, [], TutelaContext>({
  loader: () => import('../commands/package-list.js'),
  parameters: {
    flags: {
      case: { ...text('case', 'Of this case alone'), optional: true },
      limit: limitFlag,
      json: jsonFlag,
      jsonl: jsonlFlag,
      data: dataFlag,
    },
  },
  docs: {
    brief: 'What was drafted and what became of it',
    fullDescription: withExamples('Newest first.', [
      'tutela package list',
      'tutela package list --case OPP-26-1042 --json',
    ]),
  },
});

const exportCommand = buildCommand<PackageExportFlags, [string], TutelaContext>({
  loader: () => import('../commands/package-export.js'),
  parameters: {
    flags: {
      withoutProof: {
        kind: 'boolean',
        default: false,
        withNegated: false,
        brief: 'Do without witnesses and time-stamps that do not come; the package says so',
      },
      json: jsonFlag,
      data: dataFlag,
    },
    positional: one('name', 'Name of the package'),
  },
  docs: {
    brief: 'Write an approved package, as a folder and as a ZIP',
    fullDescription: withExamples(
      'It is the last event of its case in the package. Broken off at any moment it goes on at the next call. Ends with 4 ' +
        'while a witness or a time authority does not answer.',
      ['tutela package export court-1', 'tutela package export court-1 --json'],
    ),
  },
});

export const packageRoutes = buildRouteMap({
  routes: {
    draft: draftCommand,
    list: listCommand,
    export: exportCommand,
    verify: verifyCommand,
    proof: proofCommand,
    show: showCommand,
  },
  docs: { brief: 'Evidence packages: made, and checked' },
});
