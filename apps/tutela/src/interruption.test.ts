import { expect, test } from 'vitest';
import { interruptionOf } from './interruption.js';

const setUp = () => {
  const handlers = new Map<string, () => void>();
  const exits: number[] = [];
  let time = 0;
  const interruption = interruptionOf({
    process: { on: (signal, act) => handlers.set(signal, act), exit: (code) => exits.push(code) },
    exitCode: 130,
    say: () => undefined,
    now: () => time,
  });
  const send = (signal: string, at: number): void => {
    time = at;
    handlers.get(signal)?.();
  };
  return { interruption, handlers, exits, send };
};

test('a command that does not ask keeps the default way of signals', () => {
  expect(setUp().handlers.size).toBe(0);
});

test('the first signal aborts, one that comes with it is the same, a later one ends the process', () => {
  const { interruption, exits, send } = setUp();
  const signal = interruption();
  expect(interruption()).toBe(signal);
  expect(signal.aborted).toBe(false);
  send('SIGINT', 1000);
  expect(signal.aborted).toBe(true);
  send('SIGINT', 1010);
  expect(exits).toEqual([]);
  send('SIGINT', 3000);
  expect(exits).toEqual([130]);
});

test('SIGTERM aborts like SIGINT', () => {
  const { interruption, send } = setUp();
  const signal = interruption();
  send('SIGTERM', 0);
  expect(signal.aborted).toBe(true);
});
