import { createHash } from 'node:crypto';
import { makeRuleSet, type RuleSet, type RuleVersion, verifyRule } from '@tutela/attribution';
import { type Clock, canonicalJson, done, type JsonValue, type Outcome, refused } from '@tutela/core';
import { type Db, inTransaction } from '@tutela/db';
import { appendEvent } from '@tutela/ledger/postgres';
import { ruleEvent } from '../events.js';
import { ProviderError } from '../provider-error.js';
import { enableRule, findRule, insertRule, lockRulesOf, type StoredRule } from '../queries/rules.js';
import { type RuleDocument, readRuleDocument } from './rule-document.js';

interface RuleDeps {
  readonly db: Db;
  readonly clock: Clock;
}

type AddFault = 'rule-malformed' | 'rule-known';

/** Keeps a version of a NAT's configuration. It answers nothing before it is enabled. */
export const addRule = async (
  { db, clock }: RuleDeps,
  value: JsonValue,
  by: string,
): Promise<Outcome<{ readonly ruleId: string }, AddFault>> => {
  const read = readRuleDocument(value);
  if (read.kind !== 'done') return read;
  const document = canonicalJson(value);
  const ruleId = createHash('sha256').update(document).digest('hex');
  const { natInstance, from, to } = read.value;
  const at = clock.now();
  return await inTransaction(db, async (tx) => {
    const row = {
      rule_id: ruleId,
      nat_instance: natInstance,
      from_ms: from,
      to_ms: to ?? null,
      document,
      added_at: at,
      enabled_at: null,
    };
    if ((await insertRule(tx, row)) === 'known') return refused('rule-known', 'this very rule was added before');
    await appendEvent(tx, ruleEvent('added', ruleId, by, at));
    return done({ ruleId });
  });
};

type EnableFault =
  | 'rule-unknown'
  | 'rule-malformed'
  | 'RULE_MALFORMED'
  | 'RULE_UNSUPPORTED'
  | 'TEST_VECTOR_MISSING'
  | 'TEST_VECTOR_DIFFERS'
  | 'versions-overlap';

/** Enables a rule that names the same customer as the device for each of its test vectors, both ways (RFC 7422 §3). */
export const enableRuleVersion = async (
  { db, clock }: RuleDeps,
  ruleId: string,
  by: string,
): Promise<Outcome<'enabled', EnableFault>> =>
  await inTransaction(db, async (tx) => {
    const row = await findRule(tx, ruleId);
    if (row === undefined) return refused('rule-unknown', `there is no rule ${ruleId}`);
    if (row.enabled_at !== null) return done('enabled');
    const read = readRuleDocument(JSON.parse(row.document));
    if (read.kind !== 'done') return read;
    const verified = verifyRule(read.value.rule, read.value.vectors);
    if (verified.kind !== 'done') return refused(verified.reason.code as EnableFault, verified.reason.message);
    const others = await lockRulesOf(tx, row.nat_instance);
    const set = ruleSetOf(row.nat_instance, [...others, row]);
    if (set.kind !== 'done') return refused('versions-overlap', 'another version is in force at that time');
    const at = clock.now();
    await enableRule(tx, ruleId, at);
    await appendEvent(tx, ruleEvent('enabled', ruleId, by, at));
    return done('enabled');
  });

/** The history of one NAT. @throws ProviderError `rules-damaged` when what was enabled no longer passes */
export const ruleSetOf = (natInstance: string, rows: readonly StoredRule[]): Outcome<RuleSet, 'RULE_MALFORMED'> =>
  makeRuleSet(
    natInstance,
    rows.map((row): RuleVersion => {
      const { rule, vectors } = documentOf(row);
      const verified = verifyRule(rule, vectors);
      if (verified.kind !== 'done') throw new ProviderError('rules-damaged', `rule ${row.rule_id} no longer passes`);
      return { from: row.from_ms, to: row.to_ms ?? undefined, rule: verified.value };
    }),
  );

/** @throws ProviderError `rules-damaged` */
export const documentOf = ({ rule_id, document }: StoredRule): RuleDocument => {
  const read = readRuleDocument(JSON.parse(document));
  if (read.kind !== 'done') throw new ProviderError('rules-damaged', `rule ${rule_id} cannot be read`);
  return read.value;
};
