import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ContainedTool, containedTool } from './contained-tool.js';

let folder: string;
let [named, other] = ['', ''];
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tutela tool '));
  [named, other] = ['named', 'other'].map((name) => path.join(folder, name)) as [string, string];
  for (const file of [named, other]) writeFileSync(file, `content of ${path.basename(file)}`);
});
afterAll(() => rmSync(folder, { recursive: true }));

const toolOf = (program: string, parameters: readonly string[]): ContainedTool => ({
  program,
  parameters,
  memoryBytes: 2 ** 28,
  processorSeconds: 10,
  readable: [named],
});
const run = (program: string, parameters: readonly string[]) => {
  const command = containedTool(toolOf(program, parameters));
  return spawnSync(command.program, command.parameters, { encoding: 'utf8', env: {} });
};
const { containment } = containedTool({ ...toolOf('/usr/bin/cat', []), readable: [] });

test('a tool reads what it is given', () => {
  expect(run('/usr/bin/cat', [named])).toMatchObject({ status: 0, stdout: 'content of named' });
});

test.skipIf(!containment.includes('sight'))('and finds nothing else (skipped: needs bwrap)', () => {
  expect(run('/usr/bin/cat', [other]).stderr).toContain('No such file');
  expect(run('/usr/bin/ls', ['-A', folder]).stdout).toBe('named\n');
});

test.skipIf(!containment.includes('sight'))('and cannot remove it (skipped: needs bwrap)', () => {
  expect(run('/usr/bin/rm', ['-f', named]).status).not.toBe(0);
});

test.skipIf(!containment.includes('files'))('and writes no file (skipped: needs prlimit)', () => {
  expect(run('/usr/bin/cp', [named, path.join(folder, 'copy')]).status).not.toBe(0);
  expect(run('/usr/bin/truncate', ['-s', '99', named]).status).not.toBe(0);
});

test.skipIf(!containment.includes('network'))('and reaches no network (skipped: needs bwrap or unshare)', () => {
  expect(run('/usr/bin/cat', ['/proc/net/dev']).stdout.match(/^\s*\w+:/gm)).toEqual(['    lo:']);
});
