import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { keepChores } from './chores.js';

test('a chore runs at once and again, never twice at a time; one that fails is told and does not stop the other', async () => {
  const told: string[] = [];
  let running = 0;
  let most = 0;
  let turns = 0;
  const slow = async () => {
    turns += 1;
    most = Math.max(most, ++running);
    await sleep(30);
    running -= 1;
  };
  const broken = () => Promise.reject(new Error('no'));
  const stop = keepChores(
    [
      { name: 'slow', everySeconds: 0.01, run: slow },
      { name: 'broken', everySeconds: 0.01, run: broken },
    ],
    (line) => told.push(line),
  );
  while (turns < 3 || told.length < 2) await sleep(5);
  await stop();
  expect([running, most]).toEqual([0, 1]);
  expect(told[0]).toBe('broken: no');
  const after = turns;
  await sleep(40);
  expect(turns).toBe(after);
});
