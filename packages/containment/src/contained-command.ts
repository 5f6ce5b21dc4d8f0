import path from 'node:path';
import { limited, withoutNetwork } from './wrapper.js';

/**
 * What holds a process that reads hostile bytes, beyond being one: `memory` and `files` (RLIMIT_DATA, no file can be
 * written, no core dump) need `prlimit`; `network` (an empty network namespace) needs `unshare` and a kernel that lets
 * users have one; `permissions` is Node's permission model, which binds JavaScript but not native code; `sight` (no file
 * is to be found but those named and the system's programs, and these read-only) needs `bwrap`.
 */
export type Containment = 'memory' | 'files' | 'network' | 'permissions' | 'sight';

export interface ContainedProgram {
  /** The JavaScript file to run, absolute. */
  readonly entry: string;
  readonly parameters: readonly string[];
  /** RLIMIT_DATA, in bytes. */
  readonly memoryBytes: number;
  /** Of the JavaScript heap, in MiB. */
  readonly heapMegabytes: number;
  /** Folders it may read, absolute; nothing else can be opened where `permissions` hold. */
  readonly readableFolders: readonly string[];
  /** Whether it loads native modules, which the permission model has to be told. */
  readonly native: 'native-modules' | 'none';
}

export interface CommandLine {
  readonly program: string;
  readonly parameters: readonly string[];
  readonly containment: readonly Containment[];
}

/** The command that starts a program as contained as this machine allows; give it an environment without secrets. */
export const containedCommand = (contained: ContainedProgram): CommandLine => {
  const wrappers = [...limited(contained.memoryBytes), ...withoutNetwork()];
  const permissions = permissionFlags(contained);
  const node = [
    process.execPath,
    '--no-warnings',
    `--max-old-space-size=${contained.heapMegabytes}`,
    ...permissions,
    contained.entry,
    ...contained.parameters,
  ];
  const [program, ...parameters] = [...wrappers.flatMap(({ words }) => words), ...node] as [string, ...string[]];
  const containment = wrappers.flatMap(({ holds }) => holds);
  return {
    program,
    parameters,
    containment: permissions.length === 0 ? containment : [...containment, 'permissions'],
  };
};

const permissionFlags = ({ native, readableFolders }: ContainedProgram): string[] => {
  const flags = process.allowedNodeEnvironmentFlags;
  const flag = ['--permission', '--experimental-permission'].find((name) => flags.has(name));
  const addons = native === 'native-modules' ? ['--allow-addons'] : [];
  const readable = readableFolders.map((folder) => (folder.endsWith(path.sep) ? folder : folder + path.sep));
  // The flag's value has its own grammar: a folder with one of these in its name cannot be said in it.
  const cannotBeSaid = readable.some((folder) => /[,*]/.test(folder)) || addons.some((name) => !flags.has(name));
  if (flag === undefined || cannotBeSaid) return [];
  return [flag, ...addons, ...readable.map((folder) => `--allow-fs-read=${folder}`)];
};

/** The `node_modules` folder that a resolved file of a package lies in. */
export const modulesFolderOf = (file: string): string =>
  file.slice(0, file.lastIndexOf(`${path.sep}node_modules${path.sep}`) + `${path.sep}node_modules`.length);
