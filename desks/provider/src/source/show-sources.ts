import type { Db } from '@tutela/db';
import type { DeclaredSource } from './declared-source.js';
import { declaredSources } from './keep-sources.js';

export interface SourceLine {
  readonly exporter: string;
  readonly format: string;
  readonly role: DeclaredSource['role']['kind'];
  readonly nat: string | null;
  readonly pools: readonly string[];
  readonly zone: string | null;
  readonly clockErrorSeconds: number | 'unknown';
  readonly evidence: DeclaredSource['evidence'];
  readonly retentionDays: number;
}

/** What was declared of each exporter, in short. */
export const sourcesShown = async (db: Db): Promise<readonly SourceLine[]> =>
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
