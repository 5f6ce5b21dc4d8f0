import { toHex } from '@tutela/core';
import { type Approval, credentialOf, fromBase64url, verifyApprovals } from '@tutela/policy/approval';
import { approvalPath, type ExportRequest, limits, packagePaths, parseApproval, parsePeople } from '../format/index.js';
import type { DigestingReader } from './digesting.js';
import type { FaultList } from './fault.js';
import type { Inventory } from './inventory.js';
import type { VerifyDeps } from './ports.js';
import type { PackageKey } from './report.js';
import type { Trust } from './trust.js';

export interface ApprovalFindings {
  readonly approvals: number;
  readonly approvedBy: readonly string[];
  readonly keys: readonly PackageKey[];
}

interface ApprovalFiles {
  readonly reader: DigestingReader;
  readonly inventory: Inventory;
}

const noApprovals: ApprovalFindings = { approvals: 0, approvedBy: [], keys: [] };

/** That enough people who did not ask for it approved exactly this request. */
export const checkApprovals = async (
  { hasher }: VerifyDeps,
  files: ApprovalFiles,
  request: ExportRequest | undefined,
  trust: Trust,
  faults: FaultList,
): Promise<ApprovalFindings> => {
  const approvals = await readApprovals(files, faults);
  const peopleBytes = await files.reader.whole(packagePaths.people, limits.jsonBytes);
  const people = peopleBytes && parsePeople(peopleBytes);
  if (people !== undefined && people.kind !== 'done') {
    faults.add('malformed', { file: packagePaths.people }, people.reason.message);
  }
  if (request === undefined || people?.kind !== 'done') return noApprovals;
  const { rules, people: known } = people.value;
  const approved = await verifyApprovals(
    request,
    approvals.map(({ approval }) => approval),
    known,
    rules,
  );
  if (approved.kind !== 'done') {
    await nameFaulty({ request, approvals, people: known, rules }, approved.reason.message, faults);
    return noApprovals;
  }
  const keys = approvals.flatMap(({ approval }): readonly PackageKey[] => {
    const credential = credentialOf(approval, known);
    if (credential === undefined) return [];
    const fingerprint = toHex(hasher.sha256(fromBase64url(credential.publicKey) as Uint8Array));
    const isKnown = trust.personKeys.includes(credential.publicKey);
    const standing = trust.personKeys.length === 0 ? 'not-compared' : isKnown ? 'matches' : 'unknown';
    return [{ kind: 'person', name: approval.person, fingerprint, text: credential.publicKey, standing }];
  });
  const trusted = keys.filter(({ standing }) => standing === 'matches').length;
  if (trust.personKeys.length > 0 && trusted < rules.people) {
    faults.add('trust', { file: packagePaths.people }, `${trusted} approvals are by keys that you trust`);
  }
  return { approvals: approvals.length, approvedBy: approved.value.people, keys };
};

interface ReadApproval {
  readonly file: string;
  readonly approval: Approval;
}

/** approvals/001.json, 002.json, … as far as they go. */
const readApprovals = async (
  { reader, inventory }: ApprovalFiles,
  faults: FaultList,
): Promise<readonly ReadApproval[]> => {
  const approvals: ReadApproval[] = [];
  const present = [...inventory.keys()].filter((path) => path.startsWith('data/approvals/')).sort();
  for (const [at, file] of present.entries()) {
    if (file !== approvalPath(at + 1)) faults.add('approval', { file }, `${approvalPath(at + 1)} should stand here`);
    const bytes = at < limits.approvals ? await reader.whole(file, limits.textBytes) : undefined;
    const parsed = bytes && parseApproval(bytes);
    if (parsed?.kind === 'done') approvals.push({ file, approval: parsed.value });
    else faults.add('malformed', { file }, parsed?.reason.message ?? 'too long, or one too many');
  }
  return approvals;
};

interface Given {
  readonly request: ExportRequest;
  readonly approvals: readonly ReadApproval[];
  readonly people: Parameters<typeof verifyApprovals>[2];
  readonly rules: Parameters<typeof verifyApprovals>[3];
}

/** One by one, to find the files at fault; when each of them is good, they are too few or one person's. */
const nameFaulty = async (
  { request, approvals, people, rules }: Given,
  whole: string,
  faults: FaultList,
): Promise<void> => {
  let named = 0;
  for (const { file, approval } of approvals) {
    const alone = await verifyApprovals(request, [approval], people, {
      ...rules,
      people: 1,
    });
    if (alone.kind === 'done') continue;
    named++;
    faults.add('approval', { file }, alone.reason.message);
  }
  if (named === 0) faults.add('approval', { file: approvals[0]?.file ?? approvalPath(1) }, whole);
};
