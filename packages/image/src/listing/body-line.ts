import { toInstant, type UtcInstant } from '@tutela/core';
import type { ImageEntry } from './entry.js';

/** Which names `fls` was asked for: with `-u` those that are there, with `-d` the deleted ones. */
export type Asked = 'present' | 'deleted';

/**
 * A line of `fls -m ''` ("body file" of The Sleuth Kit 3 and later):
 * `0|/path|inode|mode|uid|gid|size|atime|mtime|ctime|crtime`. Paths may hold `|`, so the fields are counted from the
 * end. `undefined` where the line is none.
 *
 * A file called `x (deleted)` looks like a deleted `x`: that is why the two kinds are asked for apart
 * (test: "a file that is called deleted is not taken for one").
 */
export const readBodyLine = (line: Buffer, asked: Asked): ImageEntry | undefined => {
  const text = line.toString('latin1');
  const fields = bodyLine.exec(text);
  if (fields?.groups === undefined) return undefined;
  const { path = '', inode = '', nameType = '', metaType = '' } = fields.groups;
  const [size, accessed, modified, changed, created] = ['size', 'accessed', 'modified', 'changed', 'created'].map(
    (name) => Number(fields.groups?.[name]),
  ) as [number, number, number, number, number];
  if (!Number.isSafeInteger(size)) return undefined;
  const kind = kindOf(metaType === '-' ? nameType : metaType);
  const ending = asked === 'deleted' ? deletedEnding.exec(path)?.[0] : undefined;
  if (asked === 'deleted' && ending === undefined) return undefined;
  const named = path.slice(0, path.length - (ending?.length ?? 0));
  const bare = kind === 'link' ? withoutTarget(named, size) : named;
  return {
    inode,
    path: Buffer.from(bare, 'latin1'),
    spelling: bare.includes('^') ? 'may-be-altered' : 'as-stored',
    state: ending === undefined ? 'allocated' : ending === ' (deleted)' ? 'deleted' : 'reallocated',
    kind,
    size,
    times: {
      modified: instantOf(modified),
      accessed: instantOf(accessed),
      changed: instantOf(changed),
      created: instantOf(created),
    },
  };
};

const bodyLine =
  /^0\|\/(?<path>[\s\S]+)\|(?<inode>\d+(?:-\d+){0,2})\|(?<nameType>.)\/(?<metaType>.)[^|]{9}\|\d+\|\d+\|(?<size>\d+)\|(?<accessed>-?\d+)\|(?<modified>-?\d+)\|(?<changed>-?\d+)\|(?<created>-?\d+)$/;
const deletedEnding = / \(deleted(?:-realloc)?\)$/;

const kindOf = (letter: string): ImageEntry['kind'] => {
  switch (letter) {
    case 'r':
      return 'file';
    case 'd':
      return 'folder';
    case 'l':
      return 'link';
    case 'v':
    case 'V':
      return 'virtual';
    default:
      return 'other';
  }
};

/** `name -> target`: both may hold an arrow, but a link's size is the length of its target. */
const withoutTarget = (text: string, targetBytes: number): string => {
  const arrow = text.length - targetBytes - ' -> '.length;
  return arrow > 0 && text.startsWith(' -> ', arrow) ? text.slice(0, arrow) : text;
};

const mostSeconds = 8.64e12;
/** 0 stands for no time in the body format. */
const instantOf = (seconds: number): UtcInstant | null =>
  seconds === 0 || Math.abs(seconds) > mostSeconds ? null : instantWithinYears(new Date(seconds * 1000));

/** RFC 3339 has years of four digits. */
const instantWithinYears = (date: Date): UtcInstant | null =>
  date.getUTCFullYear() >= 0 && date.getUTCFullYear() <= 9999 ? toInstant(date) : null;
