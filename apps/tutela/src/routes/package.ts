import { buildCommand, buildRouteMap } from '@stricli/core';
import { jsonFlag } from '../commands/flags.js';
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

export const packageRoutes = buildRouteMap({
  routes: { verify: verifyCommand, proof: proofCommand, show: showCommand },
  docs: { brief: 'Evidence packages: whole, and by whom' },
});
