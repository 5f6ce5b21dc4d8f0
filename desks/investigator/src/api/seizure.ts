import { windowBody, windowQuery } from '@tutela/window';
import { type Static, Type } from 'typebox';
import { count, instant, nullable, sha256, text, uuid } from './shape.js';

export const sourceBody = Type.Object({
  sourceId: text,
  caseRef: text,
  exhibitId: text,
  kind: Type.Enum(['folder', 'image', 'tar', 's3']),
  locator: text,
  accountPath: nullable(text),
  addedAt: instant,
  addedBy: text,
});
export const newSource = Type.Object({
  /** Number of the exhibit whose content it is. */
  exhibit: Type.String({ minLength: 1 }),
  kind: Type.Enum(['folder', 'image']),
  /** Absolute path; of an image in several files, its first. */
  locator: Type.String({ minLength: 1, maxLength: 4000 }),
  /** Where the account stands in a path: `storage/*`. */
  accountPath: Type.Optional(text),
  /** Of an image: the IANA name of the zone its clocks kept. */
  zone: Type.Optional(text),
});

export const passState = Type.Enum(['running', 'paused', 'ended']);
/** A pass as it stands: poll it, or wait for the topic `investigator.pass`. */
export const passBody = Type.Object({
  passId: text,
  sourceId: text,
  caseRef: text,
  state: passState,
  startedAt: instant,
  startedBy: text,
  finishedAt: nullable(instant),
  /** Of what is read: units done, files, bytes. */
  counts: Type.Object({
    done: count,
    waiting: count,
    stopped: count,
    files: count,
    bytes: count,
    unreadable: count,
    refused: count,
  }),
  forecast: Type.Object({
    unitsLeft: count,
    filesLeft: count,
    bytesLeft: count,
    /** `at-least`: there are folders nobody has looked into. */
    certainty: Type.Enum(['estimate', 'at-least']),
    secondsLeft: nullable(Type.Number()),
    filesPerSecond: Type.Number(),
    bytesPerSecond: Type.Number(),
  }),
  /** Units that did not end well, and files that have no digest, by cause. */
  errors: Type.Array(Type.Object({ of: Type.Enum(['unit', 'file']), cause: text, count })),
});
export const seizureBody = Type.Object({
  sources: Type.Array(Type.Object({ source: sourceBody, pass: nullable(passBody) })),
});
export const storageBody = Type.Object({
  files: count,
  bytes: count,
  distinctFiles: count,
  distinctBytes: count,
  duplicateFiles: count,
  duplicateBytes: count,
  /** What the passes under way still have to read. */
  neededBytes: count,
  needed: Type.Enum(['estimate', 'at-least']),
  byClass: Type.Array(Type.Object({ fileClass: text, files: count, bytes: count })),
  closedArchives: count,
  closedArchiveBytes: count,
});
export const passParams = Type.Object({ passId: uuid });
export const sourceParams = Type.Object({ sourceId: uuid });
export const resumedBody = Type.Object({ pass: passBody, begun: count });

const fileClass = Type.Enum(['picture', 'video', 'archive', 'document', 'message', 'database', 'other']);
const itemState = Type.Enum(['digested', 'unreadable', 'changed', 'not-a-file']);
export const itemQuery = Type.Object({
  ...windowQuery,
  source: Type.Optional(uuid),
  class: Type.Optional(fileClass),
  state: Type.Optional(itemState),
  account: Type.Optional(Type.String({ maxLength: 500 })),
  sha256: Type.Optional(sha256),
  /** In the stack of look-alikes that this content leads. */
  stack: Type.Optional(sha256),
  /** Members of this archive. */
  parent: Type.Optional(Type.Integer({ minimum: 1 })),
});
export const itemBody = Type.Object({
  itemId: count,
  sourceId: text,
  parentItemId: nullable(count),
  /** Null where names may not be kept. */
  path: nullable(text),
  size: count,
  sha256: nullable(text),
  sha1: nullable(text),
  md5: nullable(text),
  fileClass,
  mediaType: nullable(text),
  state: itemState,
  modifiedAt: nullable(instant),
  account: nullable(text),
  /** Under which it was read. */
  authorityId: text,
  decisionId: text,
});
/** By `itemId`. `seen` says whose rows these are: somebody without a role in the case sees none. */
export const itemsBody = Type.Object({
  ...windowBody(itemBody).properties,
  seen: Type.Enum(['case-team', 'filter-team', 'nothing']),
});
/** Files that look like one content, or are of its bytes. Largest first, by `files sha256`. */
export const stackBody = Type.Object({
  /** Of the content that leads it: everything in the stack is within `nearBits` of this one. */
  sha256: text,
  fileClass,
  mediaType: nullable(text),
  size: count,
  /** In all: `copies` of the leader's bytes, and `lookAlikes`, which are leads and not the same. */
  files: count,
  copies: count,
  lookAlikes: count,
  accounts: count,
  sources: count,
  /** Of the leader's copies. */
  firstItemId: count,
  /** `near`: something in the stack is known, or looks like a known one. */
  known: Type.Enum(['known', 'near', 'not-known']),
});
export const stackQuery = Type.Object({
  ...windowQuery,
  class: Type.Optional(Type.Enum(['picture', 'video'])),
  /** `exact`: stacks of equal bytes alone. `near`: only those with look-alikes. Without it: by looks, where known. */
  kind: Type.Optional(Type.Enum(['exact', 'near'])),
  /** Stacks of fewer files are left out. */
  least: Type.Optional(Type.Integer({ minimum: 1, default: 2 })),
});
export const stacksBody = windowBody(stackBody);

export const knownBody = Type.Object({
  runs: Type.Array(
    Type.Object({
      runId: text,
      listName: text,
      listSha256: text,
      entries: count,
      compared: count,
      refused: count,
      /** Known by a digest: the same bytes. */
      matched: count,
      /** Pictures that look like a listed one: leads. */
      near: count,
      /** Pictures whose looks were compared, and those whose looks could not be. */
      pictures: count,
      unseen: count,
      ranAt: instant,
      ranBy: text,
    }),
  ),
  /** Of the newest run, in the order of accounts: possession alone ranks nobody. */
  byAccount: Type.Array(Type.Object({ account: nullable(text), exact: count, near: count, inArchives: count })),
});
const matchKind = Type.Enum(['exact', 'near']);
const entryMatch = {
  /** `near` is a lead: the picture looks like the entry, and a person has to say whether it is. */
  kind: matchKind,
  byDigest: Type.Enum(['sha256', 'sha1', 'md5', 'pdq']),
  listName: text,
  /** Of the list, where its entry begins. */
  line: nullable(count),
  /** Bits, and how the picture has to be turned; only of near ones. */
  distance: nullable(count),
  variant: nullable(text),
};
export const matchQuery = Type.Object({ ...windowQuery, kind: Type.Optional(matchKind) });
export const knownMatchBody = Type.Object({ ...itemBody.properties, ...entryMatch });
export const knownMatchesBody = windowBody(knownMatchBody);

/** Why an item may be looked at, or may not: what the authorities answer whoever asks, now. */
export const itemStandingBody = Type.Object({
  item: itemBody,
  /** With the list of the newest comparison. */
  match: nullable(Type.Object(entryMatch)),
  /** The stack it stands in: `lookAlikes` files of other bytes; `distance` bits between the leader and it. */
  looks: nullable(Type.Object({ stack: sha256, lookAlikes: count, distance: count })),
  steps: Type.Array(
    Type.Object({
      step: text,
      answer: Type.Enum(['allow', 'deny', 'needs']),
      rule: text,
      need: nullable(text),
      authority: nullable(text),
      keepTo: Type.Array(text),
    }),
  ),
});

/** How far looking at the pictures of a case has come: poll it, or wait for the topic `investigator.fingerprints`. */
export const fingerprintsBody = Type.Object({
  run: nullable(
    Type.Object({
      runId: text,
      caseRef: text,
      state: Type.Enum(['running', 'ended']),
      contents: count,
      startedAt: instant,
      startedBy: text,
      finishedAt: nullable(instant),
    }),
  ),
  units: count,
  unitsLeft: count,
  stopped: count,
  /** Files that `match` does not cover. */
  refused: count,
  /** Of the run: contents, and how many of them are worked through. */
  contents: count,
  done: count,
  perSecond: Type.Number(),
  secondsLeft: nullable(Type.Number()),
  outcomes: Type.Array(
    Type.Object({
      outcome: Type.Enum(['decoded', 'not-a-picture', 'unsupported', 'over-limit', 'damaged', 'unread']),
      pictures: count,
    }),
  ),
});

export type NewSource = Static<typeof newSource>;
export type SourceBody = Static<typeof sourceBody>;
export type PassBody = Static<typeof passBody>;
export type SeizureBody = Static<typeof seizureBody>;
export type StorageBody = Static<typeof storageBody>;
export type ItemBody = Static<typeof itemBody>;
export type ItemsBody = Static<typeof itemsBody>;
export type ItemStandingBody = Static<typeof itemStandingBody>;
export type StackBody = Static<typeof stackBody>;
export type StacksBody = Static<typeof stacksBody>;
export type KnownBody = Static<typeof knownBody>;
export type KnownMatchesBody = Static<typeof knownMatchesBody>;
export type FingerprintsBody = Static<typeof fingerprintsBody>;
