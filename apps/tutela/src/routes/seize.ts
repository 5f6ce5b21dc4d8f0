import { buildCommand, buildRouteMap, numberParser } from '@stricli/core';
import { type DataFlags, dataFlag, jsonFlag } from '../commands/flags.js';
import type { SeizeAddFlags } from '../commands/seize.js';
import type { SeizeDemoFlags } from '../commands/seize-demo.js';
import type { TutelaContext } from '../context.js';
import { withExamples } from './examples.js';

type JsonFlags = DataFlags & { readonly json: boolean };
const json = { json: jsonFlag, data: dataFlag } as const;
const caseRef = { parse: String, placeholder: 'case', brief: 'Reference of a case, such as OPP-26-1042' } as const;
const oneCase = { kind: 'tuple', parameters: [caseRef] } as const;

const addCommand = buildCommand<SeizeAddFlags, [string, string], TutelaContext>({
  loader: async () => (await import('../commands/seize.js')).seizeAdd,
  parameters: {
    flags: {
      exhibit: { kind: 'parsed', parse: String, placeholder: 'number', brief: 'The exhibit whose content it is' },
      accounts: {
        kind: 'parsed',
        parse: String,
        optional: true,
        placeholder: 'pattern',
        brief: 'Where the account stands in a path, such as "storage/*"',
      },
      image: { kind: 'boolean', default: false, brief: 'It is a disk image, raw or E01: the first of its files' },
      zone: {
        kind: 'parsed',
        parse: String,
        optional: true,
        placeholder: 'zone',
        brief: 'The time zone that the clocks of an image kept, such as America/Bogota',
      },
      ...json,
    },
    positional: {
      kind: 'tuple',
      parameters: [
        caseRef,
        { parse: String, placeholder: 'folder', brief: 'The folder or image, as every worker sees it' },
      ],
    },
  },
  docs: {
    brief: 'Name a folder or a disk image that is to be read',
    fullDescription: withExamples('Nothing of it is opened or listed yet.', [
      'tutela seize add OPP-26-1042 /evidence/server --exhibit 3 --accounts "storage/*"',
      'tutela seize add OPP-26-1042 /evidence/disk.E01 --exhibit 4 --image --zone America/Bogota',
    ]),
  },
});
const runCommand = buildCommand<JsonFlags, [string], TutelaContext>({
  loader: async () => (await import('../commands/seize.js')).seizeRun,
  parameters: { flags: json, positional: oneCase },
  docs: {
    brief: 'Read what is not read yet, inside the authorities of the case',
    fullDescription: withExamples(
      'Every file is read once: SHA-256, SHA-1, MD5 and what its content says it is. What no authority covers is not ' +
        'opened, and not named where listing is not granted. Goes on where it was stopped, also on other machines: ' +
        'tutela worker. Ends as undecided when an authority stopped some of it.',
      ['tutela seize run OPP-26-1042', 'tutela seize run OPP-26-1042 --json'],
    ),
  },
});
const statusCommand = buildCommand<JsonFlags, [string], TutelaContext>({
  loader: async () => (await import('../commands/seize.js')).seizeStatus,
  parameters: { flags: json, positional: oneCase },
  docs: {
    brief: 'Tell what is held, how far it is read, and how long that takes',
    fullDescription: withExamples('Tell what is held, how far it is read, and how long that takes.', [
      'tutela seize status case-7',
    ]),
  },
});
const fingerprintCommand = buildCommand<JsonFlags, [string], TutelaContext>({
  loader: () => import('../commands/seize-fingerprint.js'),
  parameters: { flags: json, positional: oneCase },
  docs: {
    brief: 'Look at what pictures show, so that edited copies of listed ones are found',
    fullDescription: withExamples(
      'Every picture that an authority lets us compare, those of opened archives too, is decoded once in a locked-down ' +
        'process, and its perceptual hash (PDQ) is kept; service match then tells exact and near matches apart. What ' +
        'cannot be decoded is told with its reason. Goes on where it was stopped. Ends as undecided when an authority ' +
        'stopped some of it.',
      ['tutela seize fingerprint OPP-26-1042', 'tutela seize fingerprint OPP-26-1042 --json'],
    ),
  },
});
const pauseCommand = buildCommand<JsonFlags, [string], TutelaContext>({
  loader: async () => (await import('../commands/seize.js')).seizePause,
  parameters: { flags: json, positional: oneCase },
  docs: {
    brief: 'Pause; seize run goes on',
    fullDescription: withExamples('Pause; seize run goes on.', ['tutela seize pause case-7']),
  },
});

const count = (brief: string) =>
  ({ kind: 'parsed', parse: numberParser, optional: true, placeholder: 'n', brief }) as const;
const demoCommand = buildCommand<SeizeDemoFlags, [], TutelaContext>({
  loader: () => import('../commands/seize-demo.js'),
  parameters: {
    flags: {
      small: { kind: 'boolean', default: false, withNegated: false, brief: 'A seizure of a few hundred files' },
      files: count('Small files (default: 20000)'),
      archives: count('Locked archives (default: 2000)'),
      users: count('Users of the service (default: 7500)'),
      words: count('Words of the list that holds most of the passwords (default: 10000)'),
      seed: count('Another seed makes another seizure (default: 2015)'),
      seconds: count('Guessing ends when a lock is expected to cost more seconds of a processor (default: 10)'),
      ...json,
    },
  },
  docs: {
    brief: 'Make a harmless seizure and work through it under two authorities',
    fullDescription: withExamples(
      'Writes a synthetic seizure of a storage provider, enters two authorities that two people of the demonstration ' +
        'verify, reads, opens, compares, and prints what came of it beside what is true. Run again, it goes on. It ' +
        'wants an installation of its own.',
      ['tutela seize demo --data /tmp/seizure', 'tutela seize demo --small --json --data /tmp/seizure'],
    ),
  },
});

export const seizeRoutes = buildRouteMap({
  routes: {
    add: addCommand,
    run: runCommand,
    status: statusCommand,
    pause: pauseCommand,
    fingerprint: fingerprintCommand,
    demo: demoCommand,
  },
  docs: { brief: 'Read what was seized, inside the authority' },
});
