import { buildCommand, buildRouteMap } from '@stricli/core';
import { type DataFlags, dataFlag, jsonFlag } from '../commands/flags.js';
import type { SeizeAddFlags } from '../commands/seize.js';
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
      ...json,
    },
    positional: {
      kind: 'tuple',
      parameters: [caseRef, { parse: String, placeholder: 'folder', brief: 'The folder, as every worker sees it' }],
    },
  },
  docs: {
    brief: 'Name a folder that is to be read',
    fullDescription: withExamples('Nothing of it is opened or listed yet.', [
      'tutela seize add OPP-26-1042 /evidence/server --exhibit 3 --accounts "storage/*"',
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
  docs: { brief: 'Tell what is held, how far it is read, and how long that takes' },
});
const pauseCommand = buildCommand<JsonFlags, [string], TutelaContext>({
  loader: async () => (await import('../commands/seize.js')).seizePause,
  parameters: { flags: json, positional: oneCase },
  docs: { brief: 'Pause; seize run goes on' },
});

export const seizeRoutes = buildRouteMap({
  routes: { add: addCommand, run: runCommand, status: statusCommand, pause: pauseCommand },
  docs: { brief: 'Read what was seized, inside the authority' },
});
