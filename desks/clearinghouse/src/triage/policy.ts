import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { canonicalJson, done, type JsonObject, type Outcome, refused } from '@tutela/core';
import { completenessFactIds } from '@tutela/cybertip';
import { z } from 'zod';
import { type PriorityFactId, priorityFactIds } from './priority-facts.js';

const weight = z.int().min(0).max(100);
const completenessId = z.enum(completenessFactIds);
const priorityRule = z.strictObject({
  weight,
  /** `crisis`: at once, before anything. `diverted`: to those who look after a child, not after a suspect. */
  lane: z.enum(['crisis', 'diverted']).optional(),
  /** A crisis also where another fact diverts: the reporter said in words why it cannot wait. */
  evenIfDiverted: z.literal(true).optional(),
});

const policySchema = z.strictObject({
  /** Counts up with each change that an operator makes. */
  number: z.int().min(1),
  name: z.string().min(1).max(200),
  completeness: z.partialRecord(completenessId, weight),
  /** Facts of completeness without which nobody can act. */
  informational: z.array(completenessId),
  priority: z.partialRecord(z.enum(priorityFactIds as readonly [PriorityFactId, ...PriorityFactId[]]), priorityRule),
  /** How long an incident counts as recent, in days before the report was finished. */
  recentDays: z.int().min(1).max(365),
  /** Words of a plan to meet, in any language; capitals and accents do not matter. */
  phrases: z.array(z.string().min(4).max(100)).max(500),
});

/** How reports are judged: weights of named facts, and nothing that cannot be read. */
export type TriagePolicy = z.infer<typeof policySchema>;

/** `1-3f9c0a6be212`: the policy's own number and the beginning of its digest. */
export type PolicyVersion = string;

export interface VersionedPolicy {
  readonly version: PolicyVersion;
  /** Of the canonical JSON (RFC 8785), 64 hexadecimal digits. */
  readonly sha256: string;
  readonly policy: TriagePolicy;
}

export const parsePolicy = (given: unknown): Outcome<VersionedPolicy, 'malformed-policy'> => {
  const parsed = policySchema.safeParse(given);
  if (!parsed.success) return refused('malformed-policy', z.prettifyError(parsed.error));
  const policy = parsed.data;
  const sha256 = createHash('sha256')
    .update(canonicalJson(policy as JsonObject))
    .digest('hex');
  return done({ version: `${policy.number}-${sha256.slice(0, 12)}`, sha256, policy });
};

/** The policy that comes with the desk. */
export const standardPolicyFile: URL = new URL('../../data/triage-policy.json', import.meta.url);

/** A policy from a file; an operator may bring their own. */
export const readPolicy = (file: string | URL): Outcome<VersionedPolicy, 'malformed-policy'> => {
  try {
    return parsePolicy(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    return refused('malformed-policy', `${String(file)}: ${(error as Error).message}`);
  }
};
