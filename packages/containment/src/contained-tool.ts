import path from 'node:path';
import type { CommandLine } from './contained-command.js';
import { ifItWorks, limited, type Wrapper, withoutNetwork } from './wrapper.js';

/** A program of the system, not ours, that reads hostile files by their names. */
export interface ContainedTool {
  /** Absolute. */
  readonly program: string;
  readonly parameters: readonly string[];
  /** RLIMIT_DATA, in bytes. */
  readonly memoryBytes: number;
  /** RLIMIT_CPU. */
  readonly processorSeconds: number;
  /** The files it is to read, absolute; where `sight` holds it finds no others but the system's own, all read-only. */
  readonly readable: readonly string[];
}

/** The command that starts a tool as contained as this machine allows; give it an environment without secrets. */
export const containedTool = (tool: ContainedTool): CommandLine => {
  const sight = withoutSight(tool);
  const wrappers = [
    ...limited(tool.memoryBytes, [`--cpu=${tool.processorSeconds}`]),
    ...(sight.length === 0 ? withoutNetwork() : sight),
  ];
  const [program, ...parameters] = [...wrappers.flatMap(({ words }) => words), tool.program, ...tool.parameters] as [
    string,
    ...string[],
  ];
  return { program, parameters, containment: wrappers.flatMap(({ holds }) => holds) };
};

const system = ['/lib', '/lib64', '/bin'].flatMap((folder) => ['--ro-bind-try', folder, folder]);
const emptyRoom = [
  'bwrap',
  '--unshare-all',
  '--die-with-parent',
  '--new-session',
  '--ro-bind',
  '/usr',
  '/usr',
  ...system,
];

/** Bubblewrap: namespaces of its own, and of the file system only the tool's own world and what it is to read. */
const withoutSight = ({ program, readable }: ContainedTool): Wrapper[] => {
  // Elsewhere its libraries could lie anywhere.
  if (!program.startsWith(`${path.sep}usr${path.sep}`)) return [];
  const room: Wrapper = {
    words: [...emptyRoom, '--proc', '/proc', '--dev', '/dev', '--chdir', '/'],
    holds: ['network', 'sight'],
  };
  const named = readable.flatMap((file) => ['--ro-bind', file, file]);
  return ifItWorks(room, ['/usr/bin/env', 'true']).map(({ words, holds }) => ({ words: [...words, ...named], holds }));
};
