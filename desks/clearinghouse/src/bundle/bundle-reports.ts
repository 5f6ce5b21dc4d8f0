import { groupBy, type UtcInstant } from '@tutela/core';
import type { ReportNumber } from '@tutela/cybertip';
import type { Tx } from '@tutela/db';
import type { NewEvent } from '@tutela/ledger/postgres';
import { bundleJoinedEvent, bundleMadeEvent } from './events.js';
import { insertBundles, insertMembers } from './queries/bundling.js';

/** Members named by one event: an entry of the ledger has a limit, and a picture may have thousands of posters. */
const namedAtOnce = 100;

export interface Bundled {
  /** Those that joined a bundle now. */
  readonly joined: readonly ReportNumber[];
  /** For the transaction's end. */
  readonly events: readonly NewEvent[];
}

/**
 * Brings reports, whose keys are stored, together with all others that have one of their keys. What it costs grows with
 * the reports given, not with those that are there. Under `lockBundling`.
 */
export const bundleReports = async (tx: Tx, reports: readonly ReportNumber[], at: UtcInstant): Promise<Bundled> => {
  const bundles = await insertBundles(tx, reports, at);
  const joined = await insertMembers(tx, { reports, bundles }, at);
  const byBundle = groupBy(joined, ({ bundle_id }) => bundle_id);
  return {
    joined: [...new Set(joined.map(({ report_number }) => report_number))],
    events: [
      ...bundles.map((bundle) => bundleMadeEvent(bundle, at)),
      ...[...byBundle].flatMap(([bundleId, members]) =>
        Array.from({ length: Math.ceil(members.length / namedAtOnce) }, (_, part) =>
          bundleJoinedEvent(bundleId, members.slice(part * namedAtOnce, (part + 1) * namedAtOnce), at),
        ),
      ),
    ],
  };
};
