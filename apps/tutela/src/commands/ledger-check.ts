import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { evidenceCoveredTables } from '@tutela/evidence/postgres';
import { exposureCoveredTables } from '@tutela/exposure/postgres';
import {
  checkLedger,
  type Finding,
  getCosignedCheckpoint,
  type LedgerReport,
  ledgerCoveredTables,
} from '@tutela/ledger/postgres';
import { policyCoveredTables } from '@tutela/policy/postgres';
import { unsealOpenings, vaultCoveredTables } from '@tutela/vault/postgres';
import { endAs, printJson, type TutelaContext } from '../context.js';
import { ledgerKey } from '../node/ledger-keeping.js';
import type { Workplace } from '../node/workplace.js';
import { formatTable } from '../output/table.js';
import { TutelaError } from '../tutela-error.js';
import type { DataFlags } from './flags.js';
import { withWorkplace } from './with-workplace.js';

export interface LedgerCheckFlags extends DataFlags {
  readonly json: boolean;
  /** Files of heads kept elsewhere. */
  readonly against?: readonly string[];
}

/** Derives everything again from the rows; ends as `refuted` when anything is not as it was signed. */
export default async function ledgerCheck(this: TutelaContext, flags: LedgerCheckFlags): Promise<void> {
  const given = await Promise.all((flags.against ?? []).map((file) => readHead(path.resolve(this.folder, file))));
  const report = await withWorkplace(this, flags, 'reads', async (workplace) =>
    checkInstallation(workplace, [...given, ...(await headsOfWitnesses(workplace, this.log))]),
  );
  if (flags.json) printJson(this, { v: 1, ...report });
  else this.process.stdout.write(formatReport(report));
  if (report.verdict !== 'intact') endAs(this, 'refuted');
}

/** With the head kept beside the database, and others if there are any. */
export const checkInstallation = (
  { database, signer, keptHead, desks, timeAuthorities, policy, vault }: Workplace,
  otherHeads: readonly string[] = [],
): Promise<LedgerReport> => {
  const kept = keptHead.read();
  return checkLedger(database.db, {
    publicKeys: [ledgerKey(signer)],
    timeAuthorities,
    cosignerKeys: policy.witnesses.map(({ key }) => key),
    coveredTables: [
      ...ledgerCoveredTables,
      ...policyCoveredTables,
      ...vaultCoveredTables,
      ...evidenceCoveredTables,
      ...exposureCoveredTables,
      ...desks.all.flatMap((desk) => desk.coveredTables),
    ],
    unseal: unsealOpenings(vault.keyring),
    headsKeptElsewhere: [...(kept === undefined ? [] : [kept]), ...otherHeads],
  });
};

/** What the witnesses say now: what an owner of the database cut off with its cosignatures, they still hold. */
const headsOfWitnesses = async (
  { policy, signer }: Workplace,
  log: (line: string) => void,
): Promise<readonly string[]> => {
  const answers = await Promise.all(
    policy.witnesses.map(async ({ name, url }) => ({ name, answer: await getCosignedCheckpoint(url, signer.name) })),
  );
  return answers.flatMap(({ name, answer }) => {
    if (answer.kind === 'done') return [answer.value];
    log(`witness ${name} was not compared: ${answer.reason.message}`);
    return [];
  });
};

export const formatReport = ({ verdict, counts, size, findings }: LedgerReport): string => {
  const facts = [
    ['entries in the log', counts.leaves],
    ['not yet in the log', counts.pending],
    ['signed heads', counts.checkpoints],
    ['cosignatures of witnesses', counts.cosignatures],
    ['time-stamps', counts.timestamps],
    ['time-stamps without a root', counts.timestampsWithoutRoot],
    ['openings of shredded cases', counts.shredded],
    ['rows compared', counts.rowsCompared],
    ['findings', counts.findings],
  ] as const;
  const columns = [
    { heading: 'checked', of: ([name]: (typeof facts)[number]) => name },
    { heading: 'number', of: ([, count]: (typeof facts)[number]) => count },
  ];
  const found = [
    { heading: 'finding', of: ({ kind }: Finding) => kind },
    { heading: 'where', of: whereOf },
  ];
  const unnamed = counts.findings - findings.length;
  const more = unnamed > 0 ? `… and ${unnamed.toLocaleString('en')} more\n` : '';
  const sentence = verdict === 'intact' ? `The ledger is intact up to entry ${size}.\n` : 'The ledger is AT FAULT.\n';
  const list = findings.length > 0 ? `\n${formatTable(found, findings)}${more}` : '';
  return `${formatTable(columns, facts)}${list}\n${sentence}`;
};

const whereOf = (finding: Finding): string =>
  Object.entries(finding)
    .filter(([name]) => name !== 'kind')
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');

const readHead = async (file: string): Promise<string> => {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new TutelaError('unreadable', `${file} cannot be read.`, 'Give what `tutela ledger head` once printed.', {
      cause,
    });
  }
};
