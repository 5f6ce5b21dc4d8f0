import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { root } from './house.js';

interface Inputs {
  readonly machines: { workers: { value: number } };
}

const plan = (...parameters: string[]): string =>
  spawnSync(process.execPath, [path.join(root, 'scripts/petabyte-plan.mjs'), ...parameters], { encoding: 'utf8' })
    .stdout;
const doc = (name: string): string => readFileSync(path.join(root, 'docs/operations', name), 'utf8');

test('the petabyte plan is what its script computes from its inputs', () => {
  expect(doc('petabyte.md')).toBe(plan());
});

test('a laboratory changes an input and gets another plan', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'tutela plan '));
  try {
    const inputs = JSON.parse(doc('petabyte.json')) as Inputs;
    inputs.machines.workers.value *= 2;
    writeFileSync(path.join(folder, 'ours.json'), JSON.stringify(inputs));
    const page = plan('--inputs', path.join(folder, 'ours.json'));
    expect(page).toContain('processors (192 cores)');
    expect(page).not.toBe(plan());
  } finally {
    rmSync(folder, { recursive: true });
  }
});
