import { expect, test, vi } from 'vitest';
import type { NodeStatus } from './node-status.js';
import { concernedBy, refreshing } from './refreshing.js';
import { messageOf } from './stream-message.js';

const status = (platform: number, size = 1): NodeStatus => ({
  v: 1,
  kind: 'installation' as const,
  desks: [
    { name: 'platform', summary: { waiting: platform } },
    { name: 'investigator', summary: {} },
  ],
  ledger: { size, root: null, signedAt: null, pending: 0, timestamps: [], witnesses: 'none' },
});
const change = (topic: string) => ({ topic, id: 'one', caseRef: null });
const asked = (...messages: readonly Parameters<ReturnType<typeof refreshing>['take']>[0][]) => {
  vi.useFakeTimers();
  const keys: unknown[] = [];
  const refresh = refreshing({
    invalidateQueries: async (filter) => void keys.push(filter?.queryKey?.[0] ?? 'all'),
  });
  for (const message of messages) refresh.take(message);
  vi.runAllTimers();
  vi.useRealTimers();
  return { keys, refresh };
};

test('an event is read by its name; comments and names this page does not know are no message', () => {
  expect(messageOf('data: {"v":1}')).toEqual({ kind: 'status', status: { v: 1 } });
  expect(
    messageOf('event: changed\ndata: {"changes":[{"topic":"investigator.pass","id":"1","caseRef":null}]}'),
  ).toEqual({
    kind: 'changed',
    changes: [{ topic: 'investigator.pass', id: '1', caseRef: null }],
  });
  expect([messageOf(': still here'), messageOf('event: later\ndata: {}')]).toEqual([undefined, undefined]);
});

test('a change of one desk concerns that desk and oversight, one that crosses desks all of them', () => {
  const desks = ['platform', 'investigator'];
  expect(concernedBy([change('investigator.pass')], desks)).toEqual(new Set(['investigator', 'oversight']));
  expect(concernedBy([change('investigator.pass'), change('policy.request')], desks)).toBe('all');
});

test('a thousand changes in a moment are asked for once', () => {
  const many = Array.from({ length: 1000 }, () => ({ kind: 'changed' as const, changes: [change('platform.match')] }));
  expect(asked({ kind: 'status', status: status(1) }, ...many).keys).toEqual(['platform', 'oversight']);
});

test('a summary that is another is asked for again, one that is the same is not', () => {
  expect(asked({ kind: 'status', status: status(1) }, { kind: 'status', status: status(1) }).keys).toEqual([]);
  expect(asked({ kind: 'status', status: status(1) }, { kind: 'status', status: status(2) }).keys).toEqual([
    'platform',
  ]);
});

test('after a break all that is shown is asked for again, though the node says nothing new', () => {
  vi.useFakeTimers();
  const keys: unknown[] = [];
  const refresh = refreshing({ invalidateQueries: async (filter) => void keys.push(filter?.queryKey ?? 'all') });
  refresh.take({ kind: 'status', status: status(1) });
  refresh.miss();
  refresh.take({ kind: 'status', status: status(1) });
  vi.runAllTimers();
  vi.useRealTimers();
  expect(keys).toEqual(['all']);
});
