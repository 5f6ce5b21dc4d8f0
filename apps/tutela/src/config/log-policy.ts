import { readFile } from 'node:fs/promises';
import { type LogPolicy, type NoteKey, type PolicyWitness, parsePolicy } from '@tutela/ledger';
import { nodeHasher } from '@tutela/ledger/node';
import { TutelaError } from '../tutela-error.js';

/** A policy whose witnesses can be reached. */
export interface OwnPolicy extends LogPolicy {
  readonly witnesses: readonly (PolicyWitness & { readonly url: string })[];
}

const advice =
  'It is a policy (C2SP tlog-policy): lines `witness <name> <vkey> <url>`, `group <name> <k> <name>…` and one `quorum <name>`.';

/**
 * Who has to have seen the heads of this installation's ledger, as its operator wrote it down; nobody without a file.
 * The own log stands in it whether or not the file names it.
 * @throws TutelaError `unreadable` for a file that cannot be read, `usage` for one that is not as described
 */
export const readLogPolicy = async (file: string | undefined, own: NoteKey): Promise<OwnPolicy> => {
  if (file === undefined) return { logs: [{ key: own }], witnesses: [], groups: [], quorum: 'none' };
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new TutelaError('unreadable', `TUTELA_WITNESSES names a file that cannot be read: ${file}`, advice, {
      cause,
    });
  });
  const policy = parsePolicy(nodeHasher, bytes);
  if (policy.kind !== 'done') throw new TutelaError('usage', `${file}: ${policy.reason.message}`, advice);
  const { logs, witnesses } = policy.value;
  const isOwn = ({ key }: { readonly key: NoteKey }) =>
    key.name === own.name && Buffer.from(key.publicKey).equals(own.publicKey);
  if (logs.length > 0 && !logs.some(isOwn)) {
    const what = `${file} names logs, and the one of this installation is not among them.`;
    throw new TutelaError('usage', what, 'Leave the log lines out, or add what `tutela ledger policy` prints.');
  }
  return { ...policy.value, logs: logs.length > 0 ? logs : [{ key: own }], witnesses: witnesses.map(reachable) };
};

const reachable = (witness: PolicyWitness): PolicyWitness & { readonly url: string } => {
  const { name, url } = witness;
  if (url === undefined || !URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new TutelaError('usage', `Witness ${name} has no http(s) address.`, advice);
  }
  return { ...witness, url };
};
