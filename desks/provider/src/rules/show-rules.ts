import type { UtcInstant } from '@tutela/core';
import type { Db } from '@tutela/db';
import { listRules } from '../queries/rules.js';
import { documentOf } from './keep-rules.js';

export interface RuleLine {
  readonly ruleId: string;
  readonly natInstance: string;
  readonly kind: string;
  readonly from: string;
  readonly to: string | null;
  readonly vectors: number;
  readonly enabledAt: UtcInstant | null;
}

/** Rule versions by NAT and time; without their test vectors. */
export const rulesShown = async (db: Db): Promise<readonly RuleLine[]> =>
  (await listRules(db)).map((row) => {
    const { rule, vectors } = documentOf(row);
    return {
      ruleId: row.rule_id,
      natInstance: row.nat_instance,
      kind: rule.kind,
      from: new Date(row.from_ms).toISOString(),
      to: row.to_ms === null ? null : new Date(row.to_ms).toISOString(),
      vectors: vectors.length,
      enabledAt: row.enabled_at,
    };
  });
