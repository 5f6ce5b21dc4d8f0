import { spawnSync } from 'node:child_process';
import type { Containment } from './contained-command.js';

/** Words before a command, and what they hold of what it starts. */
export interface Wrapper {
  readonly words: readonly string[];
  readonly holds: readonly Containment[];
}

const works = (words: readonly string[], probe: readonly string[]): boolean => {
  const [program, ...parameters] = [...words, ...probe] as [string, ...string[]];
  return spawnSync(program, parameters, { stdio: 'ignore' }).status === 0;
};
const known = new Map<string, boolean>();

/** None where this machine does not let us: tried once, with a program that only says its version. */
export const ifItWorks = (wrapper: Wrapper, probe: readonly string[] = [process.execPath, '--version']): Wrapper[] => {
  const key = wrapper.words.join(' ');
  const answer = known.get(key) ?? works(wrapper.words, probe);
  known.set(key, answer);
  return answer ? [wrapper] : [];
};

/** @param more further limits of `prlimit`, such as `--cpu=60` */
export const limited = (memoryBytes: number, more: readonly string[] = []): Wrapper[] =>
  ifItWorks({
    words: ['prlimit', `--data=${memoryBytes}`, '--core=0', '--fsize=0', ...more, '--'],
    holds: ['memory', 'files'],
  });

export const withoutNetwork = (): Wrapper[] =>
  ifItWorks({ words: ['unshare', '--user', '--net', '--'], holds: ['network'] });
