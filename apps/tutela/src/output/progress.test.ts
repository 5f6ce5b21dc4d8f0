import { expect, test } from 'vitest';
import { formatDuration, startProgress } from './progress.js';

/** Time that passes when told to; what is due happens then. */
const fakeStopwatch = () => {
  let now = 0;
  const timers = new Set<{ readonly every: number; due: number; readonly act: () => void }>();
  const pass = (milliseconds: number): void => {
    const until = now + milliseconds;
    while (true) {
      const next = [...timers].filter(({ due }) => due <= until).sort((a, b) => a.due - b.due)[0];
      if (next === undefined) break;
      now = next.due;
      next.due += next.every;
      next.act();
    }
    now = until;
  };
  const every = (milliseconds: number, act: () => void) => {
    const timer = { every: milliseconds, due: now + milliseconds, act };
    timers.add(timer);
    return () => void timers.delete(timer);
  };
  return { now: () => now, every, pass };
};

const recorder = (isTTY: boolean) => {
  const written: string[] = [];
  return { isTTY, columns: 60, written, write: (text: string) => written.push(text) };
};

test('a log gets a line every 30 seconds with the rate and the time left, and nothing between', () => {
  const stopwatch = fakeStopwatch();
  const stream = recorder(false);
  const progress = startProgress({ stream, stopwatch }, 'scanning', 'files');
  stopwatch.pass(15_000);
  progress.update({ done: 3000, total: 9000 });
  stopwatch.pass(14_999);
  expect(stream.written).toEqual([]);
  stopwatch.pass(1);
  expect(stream.written).toEqual(['scanning: 3,000 of 9,000 files, 100/s, 1 min 00 s left\n']);
  progress.update({ done: 9000, total: 9000 });
  stopwatch.pass(5000);
  progress.end();
  expect(stream.written.at(-1)).toBe('scanning: 9,000 files in 35 s\n');
  stopwatch.pass(90_000);
  expect(stream.written).toHaveLength(2);
});

test('a terminal gets one line painted again, no longer than the terminal is wide', () => {
  const stopwatch = fakeStopwatch();
  const stream = recorder(true);
  const progress = startProgress({ stream, stopwatch }, 'scanning a folder with a very long name indeed', 'files');
  for (let second = 1; second <= 5; second++) {
    progress.update({ done: second * 10, total: 1000 });
    stopwatch.pass(1000);
  }
  progress.end();
  const lines = stream.written.map((text) => text.replace('\r\u001b[2K', ''));
  expect(stream.written.every((text) => text.startsWith('\r\u001b[2K'))).toBe(true);
  expect(lines.slice(0, -1).every((line) => line.length < 60 && !line.includes('\n'))).toBe(true);
  expect(lines.at(-1)).toBe('scanning a folder with a very long name indeed: 50 files in 5.0 s\n');
});

test('the rate follows a run that slows down', () => {
  const stopwatch = fakeStopwatch();
  const stream = recorder(true);
  const progress = startProgress({ stream, stopwatch }, 'scan', 'files');
  progress.update({ done: 10_000 });
  stopwatch.pass(10_000);
  stopwatch.pass(30_000);
  expect(stream.written.at(-1)).toContain('10,000 files, 0/s');
});

test('durations are written as people say them', () => {
  expect([0.04, 9.96, 59.4, 61, 3599, 7500].map(formatDuration)).toEqual([
    '0.0 s',
    '10.0 s',
    '59 s',
    '1 min 01 s',
    '59 min 59 s',
    '2 h 05 min',
  ]);
});
