import type { JsonObject } from '@tutela/core';
import type { Db } from '@tutela/db';
import { declaredSources } from './keep-sources.js';

/** What was declared of each exporter, in short. */
export const sourcesShown = async (db: Db): Promise<readonly JsonObject[]> =>
  (await declaredSources(db)).map(({ log, format, role, pools, clockErrorSeconds, evidence, retentionDays }) => ({
    exporter: log.exporter,
    format,
    role: role.kind,
    nat: role.kind === 'translation' ? role.nat : null,
    pools,
    zone: log.zone ?? null,
    clockErrorSeconds,
    evidence,
    retentionDays,
  }));
