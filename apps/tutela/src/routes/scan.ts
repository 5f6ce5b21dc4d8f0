import { buildCommand } from '@stricli/core';
import { nearBits } from '@tutela/fingerprint';
import { dataFlag, jsonFlag, jsonlFlag } from '../commands/flags.js';
import type { ScanFlags } from '../commands/scan.js';
import type { TutelaContext } from '../context.js';
import { withExamples } from './examples.js';

const parseThreshold = (text: string): number => {
  const bits = Number(text);
  if (/^\d{1,3}$/.test(text) && bits <= 255) return bits;
  throw new SyntaxError('not a whole number of bits from 0 to 255');
};

export const scanCommand = buildCommand<ScanFlags, [string], TutelaContext>({
  loader: () => import('../commands/scan.js'),
  parameters: {
    flags: {
      list: { kind: 'parsed', parse: String, placeholder: 'name', brief: 'List of known hashes to compare with' },
      threshold: {
        kind: 'parsed',
        parse: parseThreshold,
        default: String(nearBits),
        placeholder: 'bits',
        brief: 'Most bits in which a near match may differ',
      },
      accounts: {
        kind: 'enum',
        values: ['none', 'by-folder'],
        default: 'none',
        brief: 'by-folder: the first folder below names the account, and reports are filed by account',
      },
      resume: {
        kind: 'boolean',
        default: false,
        withNegated: false,
        brief: 'Go on with the unfinished scan of this folder',
      },
      output: { kind: 'parsed', parse: String, optional: true, placeholder: 'file', brief: 'Add JSON lines to a file' },
      json: jsonFlag,
      jsonl: jsonlFlag,
      data: dataFlag,
    },
    positional: {
      kind: 'tuple',
      parameters: [
        { parse: String, placeholder: 'folder', brief: 'Everything below it is examined; links are not followed' },
      ],
    },
  },
  docs: {
    brief: 'Compare every file below a folder with a list',
    fullDescription: withExamples(
      'Exact matches by SHA-256, SHA-1 and MD5, near ones by PDQ, turned and mirrored copies included. Each file ends in ' +
        'one of: exact, near, none, undecided, refused, failed, the last three with a reason. A scan that was killed goes ' +
        'on with --resume; written with >> or --output, its lines then stand in the file once each.',
      [
        'tutela list import known.csv --name known',
        'tutela scan ~/Pictures --list known',
        'tutela scan /srv/uploads --list known --accounts by-folder --jsonl >> results.jsonl',
        'tutela scan /srv/uploads --list known --accounts by-folder --jsonl --resume >> results.jsonl',
      ],
    ),
  },
});

export const hashCommand = buildCommand<object, string[], TutelaContext>({
  loader: () => import('../commands/hash.js'),
  parameters: {
    positional: {
      kind: 'array',
      minimum: 1,
      parameter: { parse: String, placeholder: 'path', brief: 'Files, or folders with everything below' },
    },
  },
  docs: {
    brief: 'Print SHA-256, SHA-1, MD5 and PDQ of files as a list',
    fullDescription: withExamples(
      'CSV that tutela list import reads. The PDQ hash is what finds edited copies; files that are no pictures have none.',
      ['tutela hash ~/known > known.csv', 'tutela hash picture.jpg'],
    ),
  },
});
