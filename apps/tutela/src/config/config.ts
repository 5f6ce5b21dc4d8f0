import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { TutelaError } from '../tutela-error.js';
import { type VaultPlaces, vaultPlaces } from './vault-places.js';

/** What a command line and an environment decide; read once. */
export interface Config {
  /** Absolute; holds the embedded database, the objects and the secrets. */
  readonly dataFolder: string;
  /** A PostgreSQL server instead of the embedded one. */
  readonly databaseUrl: string | undefined;
  /** Where encrypted objects and their keys lie. */
  readonly vault: VaultPlaces;
  /** File that names another clearinghouse than our own (`readCounterpart`). */
  readonly reportsTo: string | undefined;
  /** Files of address ranges by country; of several each is asked. */
  readonly ranges: readonly string[];
  /** File of addresses of relays, hosting and proxies. */
  readonly addressMarks: string | undefined;
  /** File of the policy by which the clearinghouse judges reports. */
  readonly triagePolicy: string | undefined;
  /** File that names the mail server for notices to authorities (`readMailSettings`). */
  readonly mail: string | undefined;
  /** The operator's copy of the reporting API's official schema. */
  readonly xsd: string | undefined;
  /** Policy file that names the witnesses of the ledger (`readLogPolicy`). */
  readonly witnesses: string | undefined;
  /** File that names who stamps the heads of the ledger (`readTimeAuthorities`). */
  readonly timeAuthorities: string | undefined;
  /** Minutes between two time-stamps of one authority. */
  readonly timeEveryMinutes: number;
  /** Who may read the log below `/ledger`: everybody, or whoever has the operator's key. */
  readonly ledgerReaders: 'operator' | 'public';
  /** File of what the organisation asks of itself for those who look at files (`parseRules` of @tutela/exposure). */
  readonly exposureRules: string | undefined;
  readonly port: PortChoice;
  /** What happens to a file whose digest equals a listed one: filed without a look, or waiting for one. */
  readonly exactMatches: 'file-without-viewing' | 'review';
}

export type PortChoice =
  /** Asked for: this one (0: any free one) or none. */
  | { readonly kind: 'exactly'; readonly port: number }
  /** Nobody asked: the next free one from here on. */
  | { readonly kind: 'from'; readonly port: number };

export interface ConfigFlags {
  readonly data?: string | undefined;
  readonly port?: string | undefined;
}

export type Environment = Readonly<Record<string, string | undefined>>;

const defaultPort = 8642;
/** Of the repository, so that a command finds the same data from wherever it is called. */
const defaultDataFolder = fileURLToPath(new URL('../../../../.tutela', import.meta.url));

/** An empty variable is one that is not set. */
const variable = z
  .string()
  .optional()
  .transform((text) => (text === '' ? undefined : text));
const port = z.string().regex(/^\d+$/).transform(Number).pipe(z.int().max(65_535));
const minutes = z.string().regex(/^\d+$/).transform(Number).pipe(z.int().min(1).max(1440));

const environmentSchema = z.object({
  TUTELA_DATA: variable,
  TUTELA_PORT: variable.pipe(port.optional()),
  TUTELA_VAULT: variable,
  TUTELA_CASE_KEYS: variable,
  TUTELA_INSTALLATION_KEY: variable,
  TUTELA_EXACT_MATCHES: variable.pipe(z.enum(['review', 'file-without-viewing']).default('review')),
  TUTELA_REPORTS_TO: variable,
  TUTELA_RANGES: variable,
  TUTELA_ADDRESS_MARKS: variable,
  TUTELA_TRIAGE_POLICY: variable,
  TUTELA_SMTP: variable,
  TUTELA_XSD: variable,
  TUTELA_WITNESSES: variable,
  TUTELA_TIME_AUTHORITIES: variable,
  TUTELA_TIME_EVERY_MINUTES: variable.pipe(minutes.default(10)),
  TUTELA_EXPOSURE: variable,
  TUTELA_LEDGER_PUBLIC: variable.pipe(z.enum(['yes', 'no']).default('no')),
  DATABASE_URL: variable.pipe(z.url({ protocol: /^postgres(ql)?$/ }).optional()),
});

const advice: Readonly<Record<string, string>> = {
  TUTELA_PORT: 'Give a whole number from 0 to 65535; 0 takes any free port.',
  TUTELA_EXACT_MATCHES: 'Give review (a person decides) or file-without-viewing.',
  TUTELA_TIME_EVERY_MINUTES: 'Give a whole number of minutes from 1 to 1440.',
  TUTELA_LEDGER_PUBLIC: 'Give yes (whoever reaches the port may read the log) or no.',
  DATABASE_URL: 'Give postgresql://user:password@host:port/database, or leave it out for the embedded database.',
};

/**
 * Flags before environment before defaults.
 * @param folder what relative paths start from
 * @throws TutelaError `usage`
 */
export const readConfig = (flags: ConfigFlags, env: Environment, folder: string): Config => {
  const read = environmentSchema.safeParse(env);
  if (!read.success) {
    const name = String(read.error.issues[0]?.path[0]);
    // The value is not repeated: a DATABASE_URL holds a password.
    throw new TutelaError('usage', `${name} is not valid.`, advice[name] ?? 'Correct it.');
  }
  const { TUTELA_DATA, TUTELA_PORT, TUTELA_EXACT_MATCHES, DATABASE_URL } = read.data;
  const fileOf = (name: string | undefined) => (name === undefined ? undefined : path.resolve(folder, name));
  const asked = flags.port === undefined ? TUTELA_PORT : readPort(flags.port);
  const dataFolder = path.resolve(folder, flags.data ?? TUTELA_DATA ?? defaultDataFolder);
  const { TUTELA_VAULT: objects, TUTELA_CASE_KEYS: caseKeys, TUTELA_INSTALLATION_KEY: installationKey } = read.data;
  return {
    dataFolder,
    vault: vaultPlaces(dataFolder, { objects, caseKeys, installationKey }, folder),
    databaseUrl: DATABASE_URL,
    exactMatches: TUTELA_EXACT_MATCHES,
    reportsTo: fileOf(read.data.TUTELA_REPORTS_TO),
    ranges: (read.data.TUTELA_RANGES?.split(path.delimiter) ?? []).map((name) => path.resolve(folder, name)),
    addressMarks: fileOf(read.data.TUTELA_ADDRESS_MARKS),
    triagePolicy: fileOf(read.data.TUTELA_TRIAGE_POLICY),
    mail: fileOf(read.data.TUTELA_SMTP),
    xsd: fileOf(read.data.TUTELA_XSD),
    witnesses: fileOf(read.data.TUTELA_WITNESSES),
    timeAuthorities: fileOf(read.data.TUTELA_TIME_AUTHORITIES),
    timeEveryMinutes: read.data.TUTELA_TIME_EVERY_MINUTES,
    exposureRules: fileOf(read.data.TUTELA_EXPOSURE),
    ledgerReaders: read.data.TUTELA_LEDGER_PUBLIC === 'yes' ? 'public' : 'operator',
    port: asked === undefined ? { kind: 'from', port: defaultPort } : { kind: 'exactly', port: asked },
  };
};

/** @throws TutelaError `usage` */
export const readPort = (text: string): number => {
  const read = port.safeParse(text);
  if (read.success) return read.data;
  throw new TutelaError('usage', '--port is not valid.', advice.TUTELA_PORT ?? '');
};
