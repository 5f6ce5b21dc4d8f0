import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { plainMark } from '../segment/synthetic-holdings.test-support.js';
import { evaluate } from './evaluate.js';
import { intersect } from './intersect.js';
import type { Evaluation } from './outcome.js';
import { block, logOf, minute, noon, observed, order, subscriber } from './small-provider.test-support.js';

/** Three blocks of one address; who had which changes at noon and an hour later. */
const other = { portFirst: 2000, portLast: 2255 };
const third = { portFirst: 3000, portLast: 3255 };
const held = [
  block(0xabc1, -60, -1),
  block(0xabc2, -60, -1, other),
  block(0xabc3, -60, -1, third),
  block(0xabc4, 0, 59),
  block(0xabc2, 0, 59, other),
  block(0xabc1, 0, 59, third),
  block(0xabc2, 60, 90),
  block(0xabc5, 60, 90, other),
];

const at = (minutes: number, port: number | undefined, log = logOf(held)): Evaluation => {
  const moment = { ...observed().from, at: noon + minutes * minute };
  return evaluate(observed({ port, from: moment, to: moment }), { outside: [log], steps: [] });
};

test('of several observations without a port tells the sizes and the one who is in all of them', () => {
  const both = intersect([at(-30, undefined), at(30, undefined), at(75, undefined)], order);
  expect(both).toMatchObject({
    outcome: 'ONE_QUALIFIED',
    reasons: ['PORT_MISSING'],
    sizes: [3, 3, 2],
    candidates: 1,
    subscriber: subscriber(0xabc2),
  });
});

test('tells only the number while several are in all of them', () => {
  const several = intersect([at(-30, undefined), at(30, undefined)], order);
  expect(several).toMatchObject({ outcome: 'N_CANDIDATES', sizes: [3, 3], candidates: 2, subscriber: 'withheld' });
  expect(inspect(several, { depth: null, showHidden: true })).not.toMatch(/abc[0-9]/);
});

test('keeps an observation that does not fit: nobody is in all of them', () => {
  const misfit = intersect([at(-30, undefined), at(75, undefined), at(-30, 1100)], order);
  expect(misfit).toMatchObject({ outcome: 'NONE_PROVEN', sizes: [3, 2, 1], candidates: 0, subscriber: 'withheld' });
  const nothing = intersect([at(-30, 1100), at(-30, 5000)], order);
  expect(nothing).toMatchObject({ outcome: 'NONE_PROVEN', sizes: [1, 0] });
});

test('nobody in all of them is unknown where a log may have lost somebody', () => {
  const log = logOf(held, { evidence: 'none' });
  expect(intersect([at(-30, 1100, log), at(30, 1100, log)], order)).toMatchObject({ outcome: 'NONE_UNKNOWN' });
});

test('is exact only when one observation is so by itself', () => {
  expect(intersect([at(-30, undefined), at(-30, 2100)], order)).toMatchObject({
    outcome: 'EXACT_ONE',
    subscriber: subscriber(0xabc2),
  });
  const doubtful = logOf(held.map((one) => ({ ...one, mark: { ...plainMark, end: 'inferred-nas-restart' as const } })));
  const qualified = intersect([at(-30, 2100, doubtful), at(30, 2100, doubtful)], { ...order, qualified: 'withheld' });
  expect(qualified).toMatchObject({ outcome: 'ONE_QUALIFIED', candidates: 1, subscriber: 'withheld' });
});

test('one refused observation refuses them all', () => {
  const hearsay = evaluate(observed({ contact: 'H' }), { outside: [logOf(held)], steps: [] });
  expect(intersect([at(-30, 2100), hearsay], order)).toMatchObject({ outcome: 'REFUSED', subscriber: 'withheld' });
});
