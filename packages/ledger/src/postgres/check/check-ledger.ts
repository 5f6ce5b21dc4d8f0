import type { Kysely } from 'kysely';
import type { NoteKey } from '../../note/note-key.js';
import type { CosignerKey } from '../../witness/cosigner-key.js';
import type { Unseal } from '../sealed-opening.js';
import { ledgerTables } from '../tables.js';
import type { TimeAuthority } from '../time/stamp.js';
import { collect } from './collector.js';
import { checkCosignatures } from './cosignatures.js';
import { type CoveredTable, checkCoverage, checkVouchedRows } from './domain-rows.js';
import { headsKeptElsewhere, storedHeads } from './heads.js';
import { checkLeaves } from './leaves.js';
import { openingsOf } from './openings.js';
import type { LedgerReport } from './report.js';
import { checkPending, checkStrays } from './strays.js';
import { checkTimestamps } from './timestamps.js';

export interface CheckOptions {
  /** Keys whose signatures on heads count; each key's name is the origin of a log. */
  readonly publicKeys: readonly NoteKey[];
  readonly coveredTables?: readonly CoveredTable[];
  /** Signed heads kept outside of the database: without one, a log that was cut at its end looks like a shorter log. */
  readonly headsKeptElsewhere?: readonly string[];
  /** Whose time-stamps count, and under which roots. */
  readonly timeAuthorities?: readonly Pick<TimeAuthority, 'name' | 'roots'>[];
  /** Witnesses whose cosignatures count. */
  readonly cosignerKeys?: readonly CosignerKey[];
  /** Opens what is sealed under the keys of cases; without it that is counted and not looked into. */
  readonly unseal?: Unseal;
  /** Findings named in the report, and unvouched rows named for each table; 1,000 unless said otherwise. */
  readonly keepFindings?: number;
}

/**
 * Derives everything again from the rows, in one snapshot: leaves from entries, roots from leaves, signatures, openings
 * from commitments, rows of domain tables from the newest effect on them. Names each row at fault.
 *
 * Memory does not grow with the number of events, only with the number of cases.
 */
export const checkLedger = (db: Kysely<unknown>, options: CheckOptions): Promise<LedgerReport> =>
  db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      const tables = ledgerTables(tx);
      const { publicKeys, coveredTables = [], headsKeptElsewhere: notes = [], keepFindings = 1000 } = options;
      const collector = collect(keepFindings);
      const openings = openingsOf(options.unseal, collector);
      const heads = storedHeads(tables, publicKeys, collector);
      const elsewhere = await headsKeptElsewhere(notes, publicKeys, collector);
      const leaves = await checkLeaves(tables, [heads, elsewhere], openings, collector);
      const size = await heads.end();
      await elsewhere.end();
      if (leaves > size) collector.find({ kind: 'leaf-beyond-head', from: String(size), to: String(leaves) });
      await checkCosignatures(tables, options.cosignerKeys ?? [], collector);
      await checkTimestamps(tables, options.timeAuthorities ?? [], collector);
      await checkPending(tables, openings, collector);
      await checkStrays(tables, leaves, collector);
      await checkVouchedRows(tables, openings, collector);
      openings.end();
      await checkCoverage(tables, coveredTables, keepFindings, collector);
      return collector.end(size);
    });
