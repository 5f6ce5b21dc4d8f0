import { done, type Outcome, refused, type UtcInstant } from '@tutela/core';
import { sql } from 'kysely';
import { fromBase64url, toBase64url } from '../approval/base64url.js';
import type { JsonCredential, JsonPerson, PersonId, SignatureAlgorithm } from '../approval/person.js';
import { type By, recordAct, wrote } from './record-act.js';
import { type AnyDb, policyTables, type Tx } from './tables.js';

/** Somebody with the public half of their key file. */
export interface NewPerson {
  readonly id: PersonId;
  /** For the people of the installation; it stands in no entry of the ledger. */
  readonly name: string;
  /** Ed25519 SubjectPublicKeyInfo, base64url. */
  readonly publicKey: string;
}

/** A person as a list shows them. */
export type KnownPerson = JsonPerson & { readonly name: string };

export interface NewCredential {
  readonly id: string;
  readonly personId: PersonId;
  readonly method: 'webauthn' | 'ed25519';
  readonly algorithm: SignatureAlgorithm;
  readonly publicKey: string;
  /** Base64url; of passkeys. */
  readonly coseKey?: string;
}

export type InstallFault = 'installed-already' | 'same-person' | 'malformed-key' | 'malformed-name';

/**
 * The bootstrap rule: the first two people are enrolled together, by whoever installs, in one event that says so. Nobody
 * approves it, for nobody is there yet; everybody after them is approved by somebody who is.
 */
export const installFirstPeople = async (
  tx: Tx,
  people: readonly [NewPerson, NewPerson],
  { by, at }: By,
): Promise<Outcome<readonly PersonId[], InstallFault>> => {
  const [one, other] = people;
  const malformed = people.map(personFault).find((fault) => fault !== undefined);
  if (malformed !== undefined) return refused(malformed, 'a person needs a name and an Ed25519 key');
  if (one.id === other.id || one.publicKey === other.publicKey)
    return refused('same-person', 'the first two people are two, each with a key of their own');
  // Two who install at once take turns: there is no row yet to wait for.
  await sql`select pg_advisory_xact_lock(hashtextextended('tutela.policy.install', 0))`.execute(tx);
  const { count } = await policyTables(tx)
    .selectFrom('policy.person')
    .select((on) => on.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  if (count > 0) return refused('installed-already', 'there are people already; they approve who comes next');
  const effects = [];
  for (const person of people) effects.push(...(await insertPerson(tx, person, { by, at })));
  const ids = people.map(({ id }) => id);
  await recordAct(tx, {
    type: 'policy.people-installed',
    by,
    at,
    subjects: ids,
    payload: { rule: 'first two people: enrolled at installation, approved by nobody', people: ids },
    effects,
  });
  return done(ids);
};

export const personFault = ({ name, publicKey }: NewPerson): 'malformed-key' | 'malformed-name' | undefined => {
  if (name.trim() === '' || name.length > 200) return 'malformed-name';
  const key = fromBase64url(publicKey);
  const isEd25519 = key?.length === 44 && ed25519Prefix.every((byte, at) => key[at] === byte);
  return isEd25519 ? undefined : 'malformed-key';
};

/** RFC 8410 §4: what stands before the 32 bytes of the key. */
const ed25519Prefix = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

/** @returns the effects, for the event of the act that this is part of */
export const insertPerson = async (tx: Tx, { id, name, publicKey }: NewPerson, by: By) => {
  const facts = { added_at: by.at, added_by: by.by, revoked_at: null, revoked_by: null };
  await policyTables(tx)
    .insertInto('policy.person')
    .values({ person_id: id, name, ...facts })
    .execute();
  const credentialId = await keyFileId(publicKey);
  const credential = { id: credentialId, personId: id, method: 'ed25519', algorithm: 'EdDSA', publicKey } as const;
  return [wrote('person', { person_id: id }), await insertCredential(tx, credential, by)];
};

export const insertCredential = async (tx: Tx, credential: NewCredential, { by, at }: By) => {
  const { id, personId, method, algorithm, publicKey, coseKey } = credential;
  await policyTables(tx)
    .insertInto('policy.credential')
    .values({
      credential_id: id,
      person_id: personId,
      method,
      algorithm,
      public_key: publicKey,
      cose_key: coseKey ?? null,
      added_at: at,
      added_by: by,
      revoked_at: null,
      revoked_by: null,
    })
    .execute();
  return wrote('credential', { credential_id: id });
};

/** A key file's id: SHA-256 of its public key, base64url. */
export const keyFileId = async (publicKey: string): Promise<string> => {
  const bytes = fromBase64url(publicKey) ?? new Uint8Array();
  return toBase64url(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
};

export const listPeople = async (db: AnyDb): Promise<readonly KnownPerson[]> => {
  const people = await policyTables(db).selectFrom('policy.person').selectAll().orderBy('person_id').execute();
  const credentials = await policyTables(db).selectFrom('policy.credential').selectAll().orderBy('added_at').execute();
  return people.map(({ person_id, name, ...facts }) => ({
    v: 1,
    id: person_id,
    name,
    ...heldOf(facts),
    credentials: credentials.filter((credential) => credential.person_id === person_id).map(credentialOf),
  }));
};

const credentialOf = ({
  credential_id,
  method,
  algorithm,
  public_key,
  ...facts
}: Held & CredentialColumns): JsonCredential => {
  const common = { id: credential_id, publicKey: public_key, ...heldOf(facts) };
  return method === 'webauthn' ? { method, algorithm, ...common } : { method, algorithm: 'EdDSA', ...common };
};

interface CredentialColumns {
  readonly credential_id: string;
  readonly method: 'webauthn' | 'ed25519';
  readonly algorithm: SignatureAlgorithm;
  readonly public_key: string;
}
interface Held {
  readonly added_at: UtcInstant;
  readonly added_by: string;
  readonly revoked_at: UtcInstant | null;
}
const heldOf = ({ added_at, added_by, revoked_at }: Held) => ({
  addedAt: added_at,
  addedBy: added_by,
  ...(revoked_at !== null && { revokedAt: revoked_at }),
});

/** Whether a person or key is enrolled already, now or once: a pseudonym and a key are never given twice. */
export const isKnown = async (
  db: AnyDb,
  { id, publicKey }: { readonly id: string; readonly publicKey: string },
): Promise<'known' | 'unknown'> => {
  const tables = policyTables(db);
  const person = tables
    .selectFrom('policy.person')
    .select('person_id')
    .where('person_id', '=', id as PersonId);
  const key = tables
    .selectFrom('policy.credential')
    .select('credential_id')
    .where((on) => on.or([on('credential_id', '=', id), on('public_key', '=', publicKey)]));
  const found = [await person.executeTakeFirst(), await key.executeTakeFirst()];
  return found.every((row) => row === undefined) ? 'unknown' : 'known';
};

/** Whether somebody may ask for things now. */
export const isHere = async (db: AnyDb, id: PersonId): Promise<'here' | 'not-here'> => {
  const row = await policyTables(db)
    .selectFrom('policy.person')
    .select('person_id')
    .where('person_id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return row === undefined ? 'not-here' : 'here';
};
