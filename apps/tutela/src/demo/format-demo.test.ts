import { expect, test } from 'vitest';
import { surprises } from './format-demo.js';
import type { LeftMatch } from './left-matches.js';
import { waitingLines } from './waiting-lines.js';

const account = 'account-3001';
const name = 'picture.jpg';
const match = (state: LeftMatch['state']): LeftMatch => ({ account, name, found: 'exact', state });
const result = (state: LeftMatch['state'], reports: number) => ({
  files: [{ account, name, expected: 'exact', outcome: 'exact' } as const],
  accounts: [{ account, reports }],
  left: [match(state)],
  list: { list: 'shared', listed: 3, withdrawn: 1, waiting: 0, version: null },
  request: {
    kind: 'preservation',
    reportNumber: '1000001',
    addressee: 'Example Provider',
    country: 'US',
    state: 'sent',
    deadlines: [
      { kind: 'reply', at: '2026-03-08T00:00:00Z', state: 'met' },
      { kind: 'preservation-ends', at: '2026-06-01T00:00:00Z', state: 'running' },
    ] as const,
  },
  ledger: { verdict: 'intact' } as const,
});

test('an account whose match waits must not be reported, and one that a person decided about may be', () => {
  expect(surprises(result('waiting', 0))).toEqual([]);
  expect(surprises(result('waiting', 1))).toEqual([`${account}: expected 0 report(s), found 1`]);
  for (const reports of [0, 1]) expect(surprises(result('confirmed', reports))).toEqual([]);
});

test('what waits is told as it is by now: decided matches as decided, clocks that still run', () => {
  expect(waitingLines(result('dismissed', 0))).toEqual([
    `dismissed: ${account}/${name} (exact)`,
    'shared list shared: 3 listed, 1 withdrawn, 0 waiting for a second reviewer; not published',
    'request abroad (preservation) about report 1000001 to Example Provider, US: sent, data kept until 2026-06-01T00:00:00Z',
  ]);
  const { list: _, request: __, ...without } = result('waiting', 0);
  expect(waitingLines(without)).toEqual([
    `waiting for review: ${account}/${name} (exact)`,
    'shared list: none here, since other people than the demonstration’s are enrolled',
  ]);
});
