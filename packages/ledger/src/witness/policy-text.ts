import { done, refused } from '@tutela/core';
import { fromUtf8, sameBytes } from '../bytes.js';
import type { Hasher } from '../crypto.js';
import { LedgerError } from '../ledger-error.js';
import { formatVerifierKey, parseVerifierKey } from '../note/note-key.js';
import type { Verdict } from '../verdict.js';
import { formatCosignerKey, parseCosignerKey } from './cosigner-key.js';
import type { LogPolicy, PolicyGroup, PolicyLog, PolicyWitness } from './policy.js';

type PolicyVerdict<T> = Verdict<T, 'malformed-policy'>;

/** Bytes; the 32 logs, witnesses and groups that C2SP tlog-policy recommends take a tenth of it. */
const largestPolicy = 256 * 1024;

const none = 'none';
const malformed = (line: string, why: string) => refused('malformed-policy', `${JSON.stringify(line)}: ${why}`);

/**
 * C2SP tlog-policy, "Policy file syntax and structure".
 *
 * Narrower than the text in two things: it has to be UTF-8, and only Ed25519 keys are understood.
 */
export const parsePolicy = (hasher: Hasher, policy: string | Uint8Array): PolicyVerdict<LogPolicy> => {
  const text = typeof policy === 'string' ? policy : fromUtf8(policy);
  if (text === undefined || text.length > largestPolicy) return malformed('', 'not UTF-8, or longer than 256 KiB');
  const draft: Draft = { hasher, logs: [], witnesses: [], groups: [], members: new Set(), quorum: undefined };
  for (const line of text.split('\n')) {
    if (Array.from(line).some((letter) => (letter < ' ' && letter !== '\t') || letter === '\u007f'))
      return malformed(line, 'it holds a control character');
    const words = line.split(/[ \t]+/).filter((word) => word !== '');
    const [keyword] = words;
    if (keyword === undefined || keyword.startsWith('#')) continue;
    const why = read(draft, words);
    if (why !== undefined) return malformed(line.trim(), why);
  }
  const { logs, witnesses, groups, quorum } = draft;
  return quorum === undefined ? malformed('', 'no quorum line') : done({ logs, witnesses, groups, quorum });
};

interface Draft {
  readonly hasher: Hasher;
  readonly logs: PolicyLog[];
  readonly witnesses: PolicyWitness[];
  readonly groups: PolicyGroup[];
  /** Names that are members of a group already. */
  readonly members: Set<string>;
  quorum: string | undefined;
}

/** @returns what is wrong, if anything */
const read = (draft: Draft, [keyword = '', ...rest]: readonly string[]): string | undefined => {
  switch (keyword) {
    case 'log':
      return readLog(draft, rest);
    case 'witness':
      return readWitness(draft, rest);
    case 'group':
      return readGroup(draft, rest);
    case 'quorum':
      return readQuorum(draft, rest);
    default:
      return 'no such keyword';
  }
};

const readLog = ({ hasher, logs }: Draft, [vkey, url, ...more]: readonly string[]): string | undefined => {
  if (vkey === undefined || more.length > 0) return 'a log is: log <vkey> [<url>]';
  const key = parseVerifierKey(hasher, vkey);
  if (key.kind !== 'done') return key.reason.message;
  if (hasKey(logs, key.value.publicKey)) return 'this key stands there twice';
  logs.push({ key: key.value, ...(url !== undefined && { url }) });
  return undefined;
};

const readWitness = (draft: Draft, [name, vkey, url, ...more]: readonly string[]): string | undefined => {
  if (name === undefined || vkey === undefined || more.length > 0) return 'a witness is: witness <name> <vkey> [<url>]';
  const key = parseCosignerKey(draft.hasher, vkey);
  if (key.kind !== 'done') return key.reason.message;
  if (hasKey(draft.witnesses, key.value.publicKey)) return 'this key stands there twice';
  const taken = nameFault(draft, name);
  if (taken === undefined) draft.witnesses.push({ name, key: key.value, ...(url !== undefined && { url }) });
  return taken;
};

const readGroup = (draft: Draft, [name, rule, ...members]: readonly string[]): string | undefined => {
  if (name === undefined || rule === undefined || members.length === 0) {
    return 'a group is: group <name> all|any|<k> <name>…';
  }
  const threshold = thresholdOf(rule, members.length);
  if (threshold === undefined) return `${JSON.stringify(rule)} is not all, any or a number from 1 to ${members.length}`;
  for (const member of members) {
    if (!isDefined(draft, member)) return `${JSON.stringify(member)} is not defined above`;
    if (draft.members.has(member)) return `${JSON.stringify(member)} is a member twice`;
    draft.members.add(member);
  }
  const taken = nameFault(draft, name);
  if (taken === undefined) draft.groups.push({ name, threshold, members });
  return taken;
};

const readQuorum = (draft: Draft, [name, ...more]: readonly string[]): string | undefined => {
  if (name === undefined || more.length > 0) return 'a quorum is: quorum <name>';
  if (draft.quorum !== undefined) return 'a second quorum line';
  if (name !== none && !isDefined(draft, name)) return `${JSON.stringify(name)} is not defined above`;
  draft.quorum = name;
  return undefined;
};

const thresholdOf = (rule: string, members: number): number | undefined => {
  if (rule === 'any') return 1;
  if (rule === 'all') return members;
  const threshold = /^[0-9]{1,6}$/.test(rule) ? Number(rule) : 0;
  return threshold >= 1 && threshold <= members ? threshold : undefined;
};

const isDefined = ({ witnesses, groups }: Draft, name: string): boolean =>
  [...witnesses, ...groups].some((each) => each.name === name);

const nameFault = (draft: Draft, name: string): string | undefined => {
  if (name === none) return 'none is a name of its own';
  return isDefined(draft, name) ? `${JSON.stringify(name)} is defined twice` : undefined;
};

const hasKey = (known: readonly { readonly key: { readonly publicKey: Uint8Array } }[], publicKey: Uint8Array) =>
  known.some(({ key }) => sameBytes(key.publicKey, publicKey) === 'same');

/** @throws LedgerError `invalid` for a policy that does not read back, such as one whose quorum is not defined */
export const formatPolicy = (hasher: Hasher, { logs, witnesses, groups, quorum }: LogPolicy): string => {
  const after = (url: string | undefined): string => (url === undefined ? '' : ` ${url}`);
  const lines = [
    ...logs.map(({ key, url }) => `log ${formatVerifierKey(key)}${after(url)}`),
    ...witnesses.map(({ name, key, url }) => `witness ${name} ${formatCosignerKey(key)}${after(url)}`),
    ...groups.map(({ name, threshold, members }) => `group ${name} ${threshold} ${members.join(' ')}`),
    `quorum ${quorum}`,
  ];
  const text = `${lines.join('\n')}\n`;
  const again = parsePolicy(hasher, text);
  if (again.kind !== 'done') throw new LedgerError('invalid', `no policy: ${again.reason.message}`);
  return text;
};
