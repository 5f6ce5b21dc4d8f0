import { buildCommand, buildRouteMap } from '@stricli/core';
import type { AttributeDemoFlags } from '../commands/attribute-demo.js';
import { jsonFlag } from '../commands/flags.js';
import type { TutelaContext } from '../context.js';
import { withExamples } from './examples.js';

const upTo =
  (least: number, most: number) =>
  (text: string): number => {
    const value = Number(text);
    if (/^\d{1,10}$/.test(text) && value >= least && value <= most) return value;
    throw new SyntaxError(`not a whole number from ${least} to ${most}`);
  };

const attributeDemoCommand = buildCommand<AttributeDemoFlags, [], TutelaContext>({
  loader: () => import('../commands/attribute-demo.js'),
  parameters: {
    flags: {
      leases: {
        kind: 'parsed',
        parse: upTo(1000, 100_000_000),
        default: '200000',
        placeholder: 'n',
        brief: 'Port-block leases, about, over 30 days',
      },
      questions: {
        kind: 'parsed',
        parse: upTo(1000, 100_000_000),
        default: '50000',
        placeholder: 'n',
        brief: 'Questions to logs with faults, whose truth is known',
      },
      seed: {
        kind: 'parsed',
        parse: upTo(0, 4_294_967_295),
        default: '1',
        placeholder: 'n',
        brief: 'The same seed gives the same tables',
      },
      keep: { kind: 'boolean', default: false, withNegated: false, brief: 'Keep the segments, and say where' },
      json: jsonFlag,
    },
  },
  docs: {
    brief: 'Who had an address: an invented provider, a tool that guesses, and Tutela',
    fullDescription: withExamples(
      'Generates the logs of a carrier NAT with 200 customers an address, reads them as a provider desk does, and prints ' +
        'what a question yields by the width of its window and by what was mistaken in it: for a tool that names whoever ' +
        'it finds, and for Tutela. Then asks damaged logs whose truth is known and counts wrong persons; one is a failure. ' +
        'Addresses are those of RFC 2544, everybody is invented, and no installation is needed.',
      [
        'tutela attribute demo',
        'tutela attribute demo --leases 20000000 --questions 1000000',
        'tutela attribute demo --json',
      ],
    ),
  },
});

export const attributeRoutes = buildRouteMap<string, TutelaContext>({
  routes: { demo: attributeDemoCommand },
  docs: { brief: 'From an address, a port and a moment to one subscriber, or to none' },
});
