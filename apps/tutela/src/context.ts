import type { CommandContext } from '@stricli/core';
import type { Environment } from './config/config.js';
import { type Ending, exitCodes } from './exit-codes.js';
import type { ProgressStream } from './output/progress.js';

/** All that a command sees of the process it runs in; a test brings its own. */
export interface TutelaContext extends CommandContext {
  readonly process: {
    readonly stdout: { readonly write: (text: string) => unknown };
    readonly stderr: ProgressStream;
    readonly env: Environment;
    exitCode?: number;
  };
  readonly env: Environment;
  /** What relative paths start from. */
  readonly folder: string;
  /**
   * From the first call on a signal to end (SIGINT, SIGTERM) ends nothing by itself but aborts this: the command ends
   * in good order. A second one ends the process at once. A command that never calls it is ended by the first.
   */
  readonly interruption: () => AbortSignal;
  /** A line for whoever watches; goes to stderr, like progress. */
  readonly log: (line: string) => void;
}

/** Ends the command otherwise than `done`, without an error. */
export const endAs = (context: TutelaContext, ending: Ending): void => {
  context.process.exitCode = exitCodes[ending];
};

export const printJson = (context: TutelaContext, value: unknown): void => {
  context.process.stdout.write(`${JSON.stringify(value, undefined, 2)}\n`);
};
