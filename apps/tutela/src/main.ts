import { readFileSync } from 'node:fs';
import { run } from '@stricli/core';
import { commandLine, exitCodeOf } from './command-line.js';
import type { TutelaContext } from './context.js';
import { exitCodes } from './exit-codes.js';
import { interruptionOf } from './interruption.js';
import { printable } from './output/printable.js';

/** Longest time that something left open may keep the process after its command ended. */
const lingerMs = 5000;

/** Runs the command line of this process. */
export const runTutela = async (): Promise<void> => {
  leaveQuietlyWhenNobodyReads();
  const { stdout, stderr, env } = process;
  const log = (line: string): void => void stderr.write(`${printable(line)}\n`);
  const context: TutelaContext = {
    process: { stdout, stderr, env },
    env,
    folder: process.cwd(),
    interruption: interruptionOf({ process, exitCode: exitCodes.interrupted, say: log }),
    log,
  };
  await run(commandLine(env, readVersion()), process.argv.slice(2), context);
  process.exitCode = exitCodeOf(context.process.exitCode ?? exitCodes.done);
  setTimeout(() => process.exit(), lingerMs).unref();
};

/** `tutela … | head` closes the pipe: no fault, and nobody left to tell. */
const leaveQuietlyWhenNobodyReads = (): void => {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(exitCodes.done);
    throw error;
  });
};

const readVersion = (): string => {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { readonly version: string }).version;
};
