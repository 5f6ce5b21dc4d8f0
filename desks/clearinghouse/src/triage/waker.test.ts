import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openWaker } from './waker.js';

const openWork = (restMs: number) => {
  let runs = 0;
  let finish = (): void => undefined;
  const told: string[] = [];
  const work = (): Promise<void> => {
    runs += 1;
    return new Promise((resolve) => {
      finish = resolve;
    });
  };
  const waker = openWaker(work, { log: (line) => told.push(line), restMs });
  return { waker, runs: () => runs, finish: () => finish(), told };
};

test('work runs at once, and once more however often it was asked for meanwhile', async () => {
  const { waker, runs, finish } = openWork(0);
  waker.wake();
  expect(runs()).toBe(1);
  for (let time = 0; time < 5; time++) waker.wake();
  finish();
  while (runs() === 1) await turn();
  finish();
  await waker.idle();
  expect(runs()).toBe(2);
});

test('whoever ends waits neither for the rest between two runs nor for what was asked for in it', async () => {
  const { waker, runs, finish } = openWork(2 ** 30);
  waker.wake();
  finish();
  await turn();
  waker.wake();
  await waker.idle();
  expect(runs()).toBe(1);
});

test('work that fails is told of and runs when it is asked for again', async () => {
  const told: string[] = [];
  let runs = 0;
  const work = () => (runs++ === 0 ? Promise.reject(new Error('no')) : Promise.resolve());
  const waker = openWaker(work, { log: (line) => told.push(line), restMs: 0 });
  waker.wake();
  waker.wake();
  while (runs === 1) await turn();
  await waker.idle();
  expect({ told, runs }).toEqual({ told: ['no'], runs: 2 });
});
