import { type Application, type CommandContext, generateHelpTextForAllCommands, run } from '@stricli/core';
import { expect, test } from 'vitest';
import { commandLine, exitCodeOf } from './command-line.js';
import type { TutelaContext } from './context.js';

const call = async (...args: string[]) => {
  const written: Record<'stdout' | 'stderr', string[]> = { stdout: [], stderr: [] };
  const env = { TUTELA_DATA: '/nonexistent/folder/of/nobody' };
  const process: TutelaContext['process'] = {
    stdout: { write: (text) => written.stdout.push(text) },
    stderr: { write: (text) => written.stderr.push(text) },
    env,
  };
  const interruption = () => new AbortController().signal;
  await run(commandLine(env, '1.2.3'), args, { process, env, folder: '/', interruption, log: () => undefined });
  return { stdout: written.stdout.join(''), stderr: written.stderr.join(''), code: exitCodeOf(process.exitCode ?? 0) };
};

test('every command explains itself with an example that begins with its name', () => {
  const helps = generateHelpTextForAllCommands(commandLine({}, '1.2.3') as unknown as Application<CommandContext>);
  expect(helps.length).toBeGreaterThan(8);
  for (const [route, text] of helps) {
    const examples = text.slice(text.indexOf('Examples:\n')).split('\n').slice(1);
    expect([route, examples.some((line) => line.startsWith(`  ${route}`))]).toEqual([route, true]);
  }
});

test('a command or flag that does not exist is usage, told on stderr alone', async () => {
  for (const args of [
    ['lost'],
    ['ledger', 'lost'],
    ['status', '--lost'],
    ['review', 'confirm'],
    ['review', 'list', '--limit', 'x'],
  ]) {
    const { code, stdout, stderr } = await call(...args);
    expect([args, code, stdout]).toEqual([args, 2, '']);
    expect(stderr).not.toContain('    at ');
  }
});

test('help and version are results', async () => {
  expect(await call('--version')).toMatchObject({ code: 0, stdout: '1.2.3\n', stderr: '' });
  const help = await call('--help');
  expect(help).toMatchObject({ code: 0, stderr: '' });
  expect(help.stdout).toContain('Exit codes: 0 done');
  expect(help.stdout).not.toContain('\u001b');
});

test("the framework's own codes become usage or fault, ours stay", () => {
  expect([-5, -4, -3, -2, -1, 0, 1, 4, 70, 130].map(exitCodeOf)).toEqual([2, 2, 70, 70, 70, 0, 1, 4, 70, 130]);
});
