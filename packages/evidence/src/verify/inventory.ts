import { foldPath, limits, pathFault } from '../format/index.js';
import type { FaultList } from './fault.js';
import type { PackageSource } from './ports.js';

/** Bytes of each file that may be read, by path. */
export type Inventory = ReadonlyMap<string, bigint>;

/** What is there, and which names are not safe. What has such a name is told and then passed over. */
export const takeInventory = async (source: PackageSource, faults: FaultList): Promise<Inventory> => {
  const files = new Map<string, bigint>();
  const taken = new Map<string, string>();
  for await (const { path, kind, bytes } of source.list()) {
    const unsafe = kind === 'file' ? (pathFault(path) ?? collision(taken, path)) : kindFault[kind];
    if (unsafe !== undefined) faults.add('unsafe-path', { file: path }, unsafe);
    else if (files.size < limits.files) files.set(path, bytes);
    else {
      faults.add('not-a-package', {}, `it holds more than ${limits.files} files`);
      break;
    }
  }
  return files;
};

const kindFault = {
  link: 'it is a link',
  'empty-folder': 'it is an empty folder',
  special: 'it is neither a file nor a folder',
  'unreadable-name': 'its name is not valid Unicode',
} as const;

/** A file or folder that another system could take for this one. */
const collision = (taken: Map<string, string>, path: string): string | undefined => {
  const segments = path.split('/');
  for (const at of segments.keys()) {
    const isFile = at === segments.length - 1;
    const exact = `${segments.slice(0, at + 1).join('/')}${isFile ? '' : '/'}`;
    const folded = foldPath(isFile ? exact : exact.slice(0, -1));
    const other = taken.get(folded);
    if (other !== undefined && (isFile || other !== exact)) return `it can be taken for ${other}`;
    taken.set(folded, exact);
  }
  return undefined;
};
