import { limits } from './limits.js';

/** Beyond the separators: what Windows cannot keep, what BagIt encodes, and what turns the direction of writing. */
const forbidden = /[\p{Cc}\p{Cs}\p{Bidi_Control}\\:*?"<>|%\u2028\u2029]/u;

/** Names that Windows takes for a device, whatever follows their dot. */
const device = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/i;

/** Why a path may not stand in a package; `undefined` when it may (docs/package-format.md, "Paths"). */
export const pathFault = (path: string): string | undefined => {
  if (path === '') return 'empty';
  if (path.startsWith('/')) return 'absolute';
  if (forbidden.test(path)) return 'holds a character that not every system keeps as it is';
  if (path.normalize('NFC') !== path) return 'not in Unicode normal form NFC';
  if (byteLength(path) > limits.pathBytes) return `longer than ${limits.pathBytes} bytes`;
  const segments = path.split('/');
  if (segments.length > limits.segments) return `deeper than ${limits.segments} folders`;
  return segments.map(segmentFault).find((fault) => fault !== undefined);
};

const segmentFault = (segment: string): string | undefined => {
  if (segment === '') return 'an empty segment';
  if (segment === '.' || segment === '..') return 'climbs';
  if (/[. ]$/.test(segment) || segment.startsWith(' ')) return 'a segment begins or ends in a space, or ends in a dot';
  if (device.test(segment)) return 'a segment is the name of a device';
  return byteLength(segment) > limits.segmentBytes
    ? `a segment is longer than ${limits.segmentBytes} bytes`
    : undefined;
};

const byteLength = (text: string): number => new TextEncoder().encode(text).length;

/** Two paths with the same fold are one file on some systems. */
export const foldPath = (path: string): string => path.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC');

/** In the order of their UTF-8 bytes, as `sort` has it in the C locale. */
export const comparePaths = (one: string, other: string): number => {
  if (!beyondSurrogates.test(one) && !beyondSurrogates.test(other)) return one < other ? -1 : Number(one > other);
  const [left, right] = [new TextEncoder().encode(one), new TextEncoder().encode(other)];
  const at = left.findIndex((byte, index) => byte !== right[index]);
  return at < 0 ? left.length - right.length : (left[at] as number) - (right[at] ?? -1);
};

/** Where the order of UTF-16 code units is not that of code points. */
const beyondSurrogates = /[\ud800-\uffff]/;

/** Files that every package has, whatever it holds. */
export const packagePaths = {
  bagit: 'bagit.txt',
  bagInfo: 'bag-info.txt',
  request: 'data/request.json',
  people: 'data/people.json',
  contents: 'data/contents.json',
  policy: 'data/ledger/policy',
  checkpoint: 'data/ledger/checkpoint',
  events: 'data/ledger/events.jsonl',
  nodes: 'data/ledger/nodes.json',
} as const;

/** The programs and the page that a package brings to check itself, and how to do without them. */
export const verifierPaths = ['VERIFY.md', 'verify.html', 'verify.mjs'] as const;

/** @param number from 1 */
export const approvalPath = (number: number): string => `data/approvals/${String(number).padStart(3, '0')}.json`;

/** @param authority 1 to 64 of `a-z 0-9 . -`, beginning with a letter or digit */
export const timestampPaths = (authority: string): { readonly token: string; readonly roots: string } => ({
  token: `data/ledger/timestamps/${authority}.tsr`,
  roots: `data/ledger/timestamps/${authority}.roots.pem`,
});

/** The authority that a path in `timestamps/` names; `undefined` when it is no such path. */
export const authorityOf = (path: string): string | undefined =>
  /^data\/ledger\/timestamps\/([a-z0-9][a-z0-9.-]{0,63})\.(?:tsr|roots\.pem)$/.exec(path)?.[1];
