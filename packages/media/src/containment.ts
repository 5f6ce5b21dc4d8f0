import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DecodeLimits } from './limits.js';

/**
 * What holds a decoder process, beyond being one: `memory` and `files` (RLIMIT_DATA, no file can be written, no core
 * dump) need `prlimit`; `network` (an empty network namespace) needs `unshare` and a kernel that lets users have one;
 * `permissions` is Node's permission model, which binds JavaScript but not native code. An empty environment always.
 */
export type Containment = 'memory' | 'files' | 'network' | 'permissions';

export interface CommandLine {
  readonly program: string;
  readonly parameters: readonly string[];
  readonly containment: readonly Containment[];
}

const here = path.dirname(fileURLToPath(import.meta.url));
const entry = path.join(here, 'child', 'decoder-process.js');

/** The command that starts a decoder process as contained as this machine allows. */
export const commandLine = (limits: DecodeLimits, configuration: string): CommandLine => {
  const wrappers = [...limited(limits), ...withoutNetwork()];
  const permissions = permissionFlags();
  const node = [
    process.execPath,
    '--no-warnings',
    `--max-old-space-size=${heapMegabytes}`,
    ...permissions,
    entry,
    configuration,
  ];
  const [program, ...parameters] = [...wrappers.flatMap(({ words }) => words), ...node] as [string, ...string[]];
  const containment = wrappers.flatMap(({ holds }) => holds);
  return {
    program,
    parameters,
    containment: permissions.length === 0 ? containment : [...containment, 'permissions'],
  };
};

/** Inputs and pixels lie outside of the JavaScript heap, which needs little. */
const heapMegabytes = 96;

interface Wrapper {
  readonly words: readonly string[];
  readonly holds: readonly Containment[];
}

const works = (words: readonly string[]): boolean => {
  const [program, ...parameters] = words as [string, ...string[]];
  return spawnSync(program, [...parameters, process.execPath, '--version'], { stdio: 'ignore' }).status === 0;
};
const known = new Map<string, boolean>();
const ifItWorks = (wrapper: Wrapper): Wrapper[] => {
  const key = wrapper.words.join(' ');
  const answer = known.get(key) ?? works(wrapper.words);
  known.set(key, answer);
  return answer ? [wrapper] : [];
};

const limited = ({ memoryBytes }: DecodeLimits): Wrapper[] =>
  ifItWorks({
    words: ['prlimit', `--data=${memoryBytes}`, '--core=0', '--fsize=0', '--'],
    holds: ['memory', 'files'],
  });

const withoutNetwork = (): Wrapper[] => ifItWorks({ words: ['unshare', '--user', '--net', '--'], holds: ['network'] });

const permissionFlags = (): string[] => {
  const known = process.allowedNodeEnvironmentFlags;
  const flag = ['--permission', '--experimental-permission'].find((name) => known.has(name));
  const modules = nodeModules(createRequire(import.meta.url).resolve('sharp'));
  const readable = [`${here}${path.sep}`, `${modules}${path.sep}`];
  // The flag's value has its own grammar: a folder with one of these in its name cannot be said in it.
  if (flag === undefined || !known.has('--allow-addons') || readable.some((folder) => /[,*]/.test(folder))) return [];
  return [flag, '--allow-addons', ...readable.map((folder) => `--allow-fs-read=${folder}`)];
};

const nodeModules = (file: string): string =>
  file.slice(0, file.lastIndexOf(`${path.sep}node_modules${path.sep}`) + `${path.sep}node_modules`.length);
