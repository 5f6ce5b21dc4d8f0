import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

/** Every program that is started, and the Debian package that has it. */
export const toolPackages = {
  img_stat: 'sleuthkit',
  img_cat: 'sleuthkit',
  mmls: 'sleuthkit',
  fsstat: 'sleuthkit',
  fls: 'sleuthkit',
  istat: 'sleuthkit',
  icat: 'sleuthkit',
  ewfinfo: 'ewf-tools',
  ewfverify: 'ewf-tools',
} as const;
export type ToolName = keyof typeof toolPackages;

/** Not the environment's PATH: whoever sets that would choose what reads the evidence. */
export const systemFolders: readonly string[] = ['/usr/bin', '/usr/local/bin', '/opt/homebrew/bin'];

export const findTool = (tool: ToolName, folders: readonly string[]): string | undefined =>
  folders.map((folder) => path.join(folder, tool)).find(isExecutable);

const isExecutable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const versions = new Map<string, Promise<string>>();

/** The first line a program says of its version: `The Sleuth Kit ver 4.11.1`, `ewfinfo 20140813`. */
export const versionOf = (program: string): Promise<string> => {
  const known = versions.get(program) ?? askVersion(program);
  versions.set(program, known);
  return known;
};

const askVersion = async (program: string): Promise<string> => {
  const { stdout } = await promisify(execFile)(program, ['-V'], { env: {}, timeout: 10_000 });
  return stdout.split('\n')[0]?.trim() ?? '';
};
