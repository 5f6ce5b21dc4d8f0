import { createHash } from 'node:crypto';
import {
  type LogFormat,
  loadShippedPattern,
  logFormats,
  parsePatternFile,
  patternFormat,
  shippedPatterns,
  sourceDeclarationSchema,
} from '@tutela/attribution';
import { readPrefix } from '@tutela/attribution/exchange';
import { canonicalJson, done, type JsonObject, type Outcome, refused } from '@tutela/core';
import { z } from 'zod';

const seconds = z.number().nonnegative().max(86_400);
const prefix = z.string().refine((text) => readPrefix(text) !== undefined, 'neither an address nor a prefix');
const accountPart = z.enum(['account', 'callingStation', 'circuitId', 'remoteId', 'hardware', 'clientId', 'duid']);

/** What the addresses of the source lead to, and so what is asked next. */
const role = z.discriminatedUnion('kind', [
  /** A NAT: outside address and ports to the customer's side. `account`: its lines name the account as well. */
  z.strictObject({
    kind: z.literal('translation'),
    nat: z.enum(['port-blocks', 'sessions', 'sessions-by-destination']),
    /** How long a freed port rests (RFC 6888 REQ-8), as configured and never by assumption. */
    holdDownSeconds: z.strictObject({ tcp: seconds.default(0), udp: seconds.default(0) }).prefault({}),
    leadsTo: z.enum(['inside', 'account']),
  }),
  /** Leases and sessions of inside addresses or prefixes: to the account. */
  z.strictObject({ kind: z.literal('session') }),
  /** Leases of public IPv4 addresses, whole: to the account. */
  z.strictObject({ kind: z.literal('public-lease') }),
  /** Delegated IPv6 prefixes: to the account. */
  z.strictObject({ kind: z.literal('delegation') }),
]);

const declaredSourceSchema = z.strictObject({
  /** A name in `logFormats`, a shipped pattern, or `pattern` with its text beside. */
  format: z.string().min(1),
  pattern: z.string().optional(),
  log: sourceDeclarationSchema,
  role,
  /** Public addresses that it hands out; none for `session`. */
  pools: z.array(prefix).max(10_000),
  /** Inside addresses repeat between realms; NAT and session logs of one network name the same. */
  realm: z.string().min(1).max(200),
  vrf: z.enum(['tells-apart', 'ignored']),
  /** DS-Lite and NAT64 know a customer by an IPv6 prefix of so many bits (RFC 7785: 56). */
  customerPrefixBits: z.int().min(1).max(128).optional(),
  /** What names an account, the first that a line has. */
  account: z.array(accountPart).min(1),
  clockErrorSeconds: z.union([seconds, z.literal('unknown')]),
  evidence: z.enum(['sequence', 'heartbeat', 'lossless', 'none']),
  heartbeatSeconds: z.int().min(1).optional(),
  ends: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('logged') }),
    z.strictObject({ kind: z.literal('not-logged'), longestHours: z.number().positive().max(720) }),
  ]),
  retentionDays: z.int().min(1).max(3650),
});

/** What an operator states of one exporter: format, zone, clock, kind of NAT, retention. Only hold-down has a default. */
export type DeclaredSource = z.infer<typeof declaredSourceSchema>;

/** A declaration from JSON. */
export const readDeclaredSource = (value: unknown): Outcome<DeclaredSource, 'source-malformed'> => {
  const read = declaredSourceSchema.safeParse(value);
  if (!read.success) return refused('source-malformed', z.prettifyError(read.error));
  const { log, role: of, pools, format, pattern } = read.data;
  if (log.exporterFrom !== 'declaration')
    return refused('source-malformed', 'a source is one exporter: log.exporterFrom is declaration');
  if ((of.kind === 'session') !== (pools.length === 0))
    return refused('source-malformed', 'a source of public addresses names its pools, one of sessions has none');
  if ((format === 'pattern') !== (pattern !== undefined))
    return refused('source-malformed', 'the format pattern comes with its text');
  return done(read.data);
};

export const declarationDigest = (source: DeclaredSource): string =>
  createHash('sha256')
    .update(canonicalJson(JSON.parse(JSON.stringify(source)) as JsonObject))
    .digest('hex');

/** The reader of a source's lines. */
export const formatOf = async ({
  format,
  pattern,
}: DeclaredSource): Promise<Outcome<LogFormat, 'format-unknown' | 'pattern-malformed'>> => {
  if (pattern !== undefined) {
    const file = parsePatternFile(pattern);
    return file.kind === 'done' ? done(patternFormat(file.value)) : refused('pattern-malformed', file.reason.message);
  }
  const shipped = shippedPatterns.find((name) => name === format);
  const known = shipped === undefined ? logFormats.get(format) : await loadShippedPattern(shipped);
  return known === undefined ? refused('format-unknown', `there is no log format ${format}`) : done(known);
};
