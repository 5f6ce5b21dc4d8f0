import { done, type UtcInstant } from '@tutela/core';
import type { Verdict } from '@tutela/ledger';
import { malformed, parseCanonicalFile } from './canonical-file.js';
import { comparePaths, packagePaths, pathFault, verifierPaths } from './paths.js';
import { decimal, instant, listOf, object, oneOf, sha256Hex, text } from './shape.js';

/** What a file is in a package. Its path decides. */
export type FileRole =
  | 'request'
  | 'approval'
  | 'people'
  | 'original'
  | 'derivative'
  | 'record'
  | 'report'
  | 'graph'
  | 'verifier';

export interface Digested {
  readonly sha256: string;
  /** Decimal digits. */
  readonly bytes: string;
}

export interface ContentsFile extends Digested {
  /** From the package's folder: `data/records/custody.json`, `VERIFY.md`. */
  readonly path: string;
  readonly role: FileRole;
  /** Of an original or a derivative: the request's item. */
  readonly item?: string;
  /** Of a file whose name ends in `.age`: what it holds. */
  readonly plain?: Digested;
}

/** `data/contents.json` */
export interface Contents {
  readonly v: 1;
  readonly package: string;
  readonly case: string;
  /** Request digest: SHA-256 of request.json's canonical text. */
  readonly request: string;
  readonly createdAt: UtcInstant;
  readonly software: { readonly name: string; readonly version: string };
  /** Sorted by path (`comparePaths`). */
  readonly files: readonly ContentsFile[];
}

const digested = { sha256: sha256Hex, bytes: decimal };
const roles = ['request', 'approval', 'people', 'original', 'derivative', 'record', 'report', 'graph', 'verifier'];

const contents = object({
  v: oneOf(1),
  package: text,
  case: text,
  request: sha256Hex,
  createdAt: instant,
  software: object({ name: text, version: text }),
  files: listOf(object({ path: text, ...digested, role: oneOf(...roles) }, { item: text, plain: object(digested) })),
});

export const parseContents = (bytes: Uint8Array): Verdict<Contents, 'malformed'> => {
  const parsed = parseCanonicalFile<Contents>(bytes, contents);
  if (parsed.kind !== 'done') return parsed;
  const { files } = parsed.value;
  for (const [at, file] of files.entries()) {
    const fault = fileFault(file) ?? orderFault(files[at - 1], file);
    if (fault !== undefined) return malformed(`$.files[${at}]: ${fault}`);
  }
  return done(parsed.value);
};

const fileFault = ({ path, role, item, plain }: ContentsFile): string | undefined => {
  const unsafe = pathFault(path);
  if (unsafe !== undefined) return `the path is ${unsafe}`;
  const isItem = role === 'original' || role === 'derivative';
  if (isItem !== (item !== undefined)) return 'an item has its id, and nothing else has one';
  if (path.endsWith('.age') !== (plain !== undefined))
    return 'what is encrypted says what it holds, and nothing else does';
  if (item !== undefined && !path.startsWith(`data/items/${item}/`)) return 'the path is not that of the item';
  return rolesOf(path).includes(role) ? undefined : `nothing at this path is ${role}`;
};

const orderFault = (before: ContentsFile | undefined, { path }: ContentsFile): string | undefined =>
  before === undefined || comparePaths(before.path, path) < 0 ? undefined : 'not sorted by path, or twice';

/** What a file at a path may be; nothing when contents.json does not name it. */
export const rolesOf = (path: string): readonly FileRole[] => {
  if (path === packagePaths.request) return ['request'];
  if (path === packagePaths.people) return ['people'];
  if (path === 'data/case.jsonld') return ['graph'];
  if (/^data\/approvals\/[0-9]{3}\.json$/.test(path)) return ['approval'];
  if (/^data\/items\/[^/]+\/[^/]+$/.test(path)) return ['original', 'derivative'];
  if (/^data\/records\/[a-z-]+\.json$/.test(path)) return ['record'];
  if (/^data\/report\/report\.[a-z]{2}\.pdf$/.test(path)) return ['report'];
  return verifierPaths.some((each) => each === path) ? ['verifier'] : [];
};
