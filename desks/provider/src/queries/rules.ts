import type { UtcInstant } from '@tutela/core';
import type { Db, Tx } from '@tutela/db';
import { type RuleTable, tables } from '../schema.js';

export type StoredRule = RuleTable;

export const insertRule = async (tx: Tx, row: RuleTable): Promise<'new' | 'known'> => {
  const inserted = await tables(tx)
    .insertInto('provider.rule')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning('rule_id')
    .executeTakeFirst();
  return inserted === undefined ? 'known' : 'new';
};

export const findRule = async (tx: Tx, ruleId: string): Promise<StoredRule | undefined> =>
  await tables(tx).selectFrom('provider.rule').selectAll().where('rule_id', '=', ruleId).forUpdate().executeTakeFirst();

export const lockRulesOf = async (tx: Tx, natInstance: string): Promise<readonly StoredRule[]> =>
  await tables(tx)
    .selectFrom('provider.rule')
    .selectAll()
    .where('nat_instance', '=', natInstance)
    .where('enabled_at', 'is not', null)
    .forUpdate()
    .execute();

export const enableRule = async (tx: Tx, ruleId: string, at: UtcInstant): Promise<void> => {
  await tables(tx).updateTable('provider.rule').set({ enabled_at: at }).where('rule_id', '=', ruleId).execute();
};

export const listRules = async (db: Db | Tx): Promise<readonly StoredRule[]> =>
  await tables(db).selectFrom('provider.rule').selectAll().orderBy('nat_instance').orderBy('from_ms').execute();

export const rulesNamed = async (db: Db | Tx, ruleIds: readonly string[]): Promise<readonly StoredRule[]> =>
  ruleIds.length === 0
    ? []
    : await tables(db).selectFrom('provider.rule').selectAll().where('rule_id', 'in', ruleIds).execute();
