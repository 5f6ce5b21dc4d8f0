import { done, type Refused, refused } from '@tutela/core';
import type { Verdict } from '@tutela/ledger';
import { pathFault } from '../../format/index.js';
import type { PackageSource, SourceEntry } from '../ports.js';

/** Bytes that can be read from anywhere: a file, a blob. Offsets below 2^53. */
export interface ByteSource {
  readonly size: number;
  /** @returns as many bytes as asked for. @throws when they cannot be read */
  readonly read: (from: number, to: number) => Promise<Uint8Array>;
  readonly stream: (from: number, to: number) => AsyncIterable<Uint8Array>;
  readonly close: () => Promise<void>;
}

/** What an archive says of itself; `folder` need not be empty. */
export interface Member {
  readonly path: string;
  readonly kind: 'file' | 'folder' | 'link' | 'special' | 'unreadable-name';
  /** Where its bytes are. */
  readonly from: number;
  readonly to: number;
}

export type MembersVerdict = Verdict<readonly Member[], 'not-an-archive'>;

export const notAnArchive = (why: string): Refused<'not-an-archive'> => refused('not-an-archive', why);

/** More is not looked at: names and folders of a package, and as many again. */
export const mostMembers = 2_000_000;

/** The members as a package: without the one folder that holds them all, if there is one. */
export const membersSource = (bytes: ByteSource, members: readonly Member[]): PackageSource => {
  const base = baseOf(members);
  // Something else of the folder's name is none of its contents, and keeps its name to be told by.
  const inside = members
    .filter(({ path, kind }) => path !== base || kind !== 'folder')
    .map((member) => ({ ...member, path: member.path === base ? base : member.path.slice(base.length) }));
  const files = new Map<string, Member>();
  for (const member of inside) if (!files.has(member.path)) files.set(member.path, member);
  return {
    list: async function* () {
      yield* entriesOf(inside);
    },
    read: (path) => {
      const { from, to } = files.get(path) as Member;
      return bytes.stream(from, to);
    },
    close: bytes.close,
  };
};

/** `name/` when every path begins with it and it may name a folder: `../` is left where it is, to be told. */
const baseOf = (members: readonly Member[]): string => {
  const [first] = members;
  const base = first?.path.slice(0, first.path.indexOf('/') + 1) ?? '';
  return pathFault(base.slice(0, -1)) === undefined && members.every(({ path }) => path.startsWith(base)) ? base : '';
};

function* entriesOf(members: readonly Member[]): Generator<SourceEntry> {
  const filled = new Set<string>();
  for (const { path } of members) {
    for (let at = path.indexOf('/'); at >= 0 && at < path.length - 1; at = path.indexOf('/', at + 1)) {
      filled.add(path.slice(0, at + 1));
    }
  }
  for (const { path, kind, from, to } of members) {
    if (kind !== 'folder') yield { path, kind, bytes: BigInt(to - from) };
    else if (!filled.has(path)) yield { path: path.slice(0, -1), kind: 'empty-folder', bytes: 0n };
  }
}

/** A path in UTF-8; `undefined` when it is none. */
export const nameOf = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

export const finished = (members: readonly Member[]): MembersVerdict => done(members);
