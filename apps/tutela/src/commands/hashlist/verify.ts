import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Outcome } from '@tutela/core';
import {
  type Comparison,
  compareVersions,
  createProofClient,
  type HeldVerdict,
  type ListVersion,
  type PublishedVersion,
  statementOf,
  type VersionTrust,
  verifyHeld,
  verifyVersion,
  verifyVouchers,
} from '@tutela/hashlist/transparent';
import { parsePolicy } from '@tutela/ledger';
import { nodeHasher, nodeVerifier } from '@tutela/ledger/node';
import { writePrivate } from '../../config/private-file.js';
import { endAs, printJson, type TutelaContext } from '../../context.js';
import { readHeldFile } from '../../list-following/held-file.js';
import { readMemberCredentials } from '../../list-following/member-credentials.js';
import { TutelaError } from '../../tutela-error.js';

export interface ListVerifyFlags {
  readonly credentials: string;
  readonly policy: string;
  readonly with?: string;
  readonly entry?: string;
  readonly json: boolean;
}

interface VerifiedList {
  readonly version: ListVersion;
  readonly witnesses: readonly string[];
  readonly held: HeldVerdict;
  readonly other?: Comparison;
  readonly vouchedBy?: readonly { readonly person: string; readonly organisation: string }[];
}

/**
 * For a member: whether what is held is the published version, whether another member's statement is of the same one,
 * and who vouched for an entry. Writes the own statement beside the list, to be handed to others.
 */
export default async function listVerify(this: TutelaContext, flags: ListVerifyFlags, place: string): Promise<void> {
  const folder = path.resolve(this.folder, place);
  const { root, entries } = await readHeldFile(folder);
  const proofs = createProofClient({ root, ...(await readMemberCredentials(this, flags.credentials)) });
  const trust = await readTrust(path.resolve(this.folder, flags.policy));
  const published = given(await proofs.version('latest'));
  const { version, witnesses } = proven(await verifyVersion(trust, published));
  const commitments = given(await proofs.commitments(version.version));
  const held = verifyHeld(nodeHasher, version, { entries, openings: given(await proofs.openings()), commitments });
  await writePrivate(path.join(folder, 'version.json'), `${JSON.stringify(published)}\n`);
  const other =
    flags.with === undefined ? undefined : await compare(trust, version, path.resolve(this.folder, flags.with));
  const vouchedBy = flags.entry === undefined ? undefined : await vouchersFor(flags.entry);
  const verified: VerifiedList = { version, witnesses, held, ...(other && { other }), ...(vouchedBy && { vouchedBy }) };
  if (flags.json) printJson(this, { v: 1, ...verified });
  else this.process.stdout.write(format(verified, flags));
  if (held.kind === 'differs' || other === 'forked' || other === 'other-list') endAs(this, 'refuted');
  else if (other === 'other-version') endAs(this, 'undecided');

  async function vouchersFor(name: string) {
    const entry = entries.find((each) => `${each.member.id}/${each.id}` === name || each.id === name);
    if (entry?.kind !== 'shared')
      throw new TutelaError('usage', `The list that is held has no entry ${name}.`, 'An entry is named MEMBER/ID.');
    const vouchers = given(await proofs.vouchers({ member: entry.member.id, id: entry.id }));
    const statement = statementOf(version.list, entry, vouchers.opening);
    return proven(await verifyVouchers(nodeHasher, statement, vouchers)).reviewers;
  }
}

const readTrust = async (file: string): Promise<VersionTrust> => {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new TutelaError(
      'unreadable',
      `${file} cannot be read.`,
      'It is the policy of the log: docs/transparent-list.md.',
      { cause },
    );
  });
  const policy = parsePolicy(nodeHasher, text);
  if (policy.kind !== 'done')
    throw new TutelaError('unreadable', `${file} is no policy: ${policy.reason.message}.`, 'docs/transparent-list.md');
  return { hasher: nodeHasher, verifier: nodeVerifier, policy: policy.value };
};

const compare = async (trust: VersionTrust, own: ListVersion, file: string): Promise<Comparison> => {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new TutelaError('unreadable', `${file} cannot be read.`, 'It is the version.json of another member.', {
      cause,
    });
  });
  let statement: PublishedVersion;
  try {
    statement = JSON.parse(text) as PublishedVersion;
  } catch (cause) {
    throw new TutelaError('unreadable', `${file} is no statement.`, 'It is the version.json of another member.', {
      cause,
    });
  }
  return compareVersions(own, proven(await verifyVersion(trust, statement)).version);
};

/** @throws TutelaError `remoteRefused` */
const given = <T>(outcome: Outcome<T>): T => {
  if (outcome.kind === 'done') return outcome.value;
  throw new TutelaError(
    'remoteRefused',
    `The clearinghouse gave no proof: ${outcome.reason.message}.`,
    'Ask again in a while.',
  );
};

/** @throws TutelaError `refuted` */
const proven = <T>(outcome: Outcome<T>): T => {
  if (outcome.kind === 'done') return outcome.value;
  throw new TutelaError(
    'refuted',
    `Not proven: ${outcome.reason.message}.`,
    'Keep what you hold, and tell the witness and the other members.',
  );
};

const comparisons: Readonly<Record<Comparison, string>> = {
  same: 'the other member holds the same version',
  forked: 'FORKED: the other member was shown another list under this number',
  'other-version': 'the other member has another version: compare again when both have the newest',
  'other-list': 'the other statement is of another list',
};

const format = (
  { version, witnesses, held, other, vouchedBy }: VerifiedList,
  { entry = '' }: ListVerifyFlags,
): string =>
  [
    `${version.list} version ${version.version} of ${version.asOf}, root ${version.root}`,
    `in the ledger, seen by ${witnesses.length === 0 ? 'no witness' : witnesses.join(', ')}`,
    held.kind === 'matches'
      ? `what is held is this version: ${held.opened} entries, ${held.newer} changes since`
      : `WHAT IS HELD DIFFERS: ${held.missing} missing, ${held.strangers.length} not in this version`,
    ...(other === undefined ? [] : [comparisons[other]]),
    ...(vouchedBy ?? []).map(({ person, organisation }) => `${entry} vouched for by ${person} of ${organisation}`),
    '',
  ].join('\n');
