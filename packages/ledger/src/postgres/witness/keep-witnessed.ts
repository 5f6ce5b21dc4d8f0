import { setTimeout as sleep } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { type SubmitDeps, submitHead, type WitnessAddress } from './submit-head.js';

export interface WitnessingDeps extends Omit<SubmitDeps, 'signal'> {
  readonly witnesses: readonly WitnessAddress[];
  /** Milliseconds between two looks at the newest head; 1,000 unless said otherwise. */
  readonly everyMs?: number;
  /** Told once of each new trouble with a witness, and of its end. */
  readonly say?: (line: string) => void;
}

/** What is known of a witness in this process alone; what it has signed is in the database. */
export type Contact =
  | { readonly state: 'waiting' | 'answering' }
  | { readonly state: 'trouble' | 'fork'; readonly why: string };

export interface Witnessing {
  /** By the name of the witness's key. */
  readonly contacts: () => ReadonlyMap<string, Contact>;
  /** Breaks off what is under way: it is asked again at the next start. */
  readonly stop: () => Promise<void>;
}

const longestWaitMs = 300_000;

/**
 * Has the newest head cosigned by each witness, whenever there is a new one, beside the sequencer and never in its way.
 * A witness that does not answer is asked again after twice as long each time; one that holds another history is not.
 */
export const startWitnessing = (db: Kysely<unknown>, deps: WitnessingDeps): Witnessing => {
  const stopping = new AbortController();
  const contacts = new Map<string, Contact>(deps.witnesses.map(({ key }) => [key.name, { state: 'waiting' }]));
  const attend = async (witness: WitnessAddress): Promise<void> => {
    let waitMs = everyMsOf(deps);
    while (!stopping.signal.aborted) {
      const contact = await submitOnce(db, witness, { ...deps, signal: stopping.signal });
      if (stopping.signal.aborted) return;
      tellChange(witness.key.name, contacts.get(witness.key.name), contact, deps.say);
      contacts.set(witness.key.name, contact);
      if (contact.state === 'fork') return;
      waitMs = contact.state === 'trouble' ? Math.min(waitMs * 2, longestWaitMs) : everyMsOf(deps);
      await sleep(waitMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const attending = Promise.all(deps.witnesses.map(attend));
  return {
    contacts: () => contacts,
    stop: async () => {
      stopping.abort();
      await attending;
    },
  };
};

const everyMsOf = ({ everyMs = 1000 }: WitnessingDeps): number => everyMs;

const submitOnce = async (db: Kysely<unknown>, witness: WitnessAddress, deps: SubmitDeps): Promise<Contact> => {
  try {
    const outcome = await submitHead(db, witness, deps);
    if (outcome.kind === 'done' || outcome.kind === 'nothing') return { state: 'answering' };
    return { state: outcome.reason.code === 'fork' ? 'fork' : 'trouble', why: outcome.reason.message };
  } catch (error) {
    return { state: 'trouble', why: error instanceof Error ? error.message : String(error) };
  }
};

const tellChange = (
  name: string,
  before: Contact | undefined,
  now: Contact,
  say: ((line: string) => void) | undefined,
): void => {
  const troubled = before?.state === 'trouble' ? before.why : undefined;
  if ('why' in now && now.why !== troubled) say?.(`witness ${name}: ${now.why}`);
  if (!('why' in now) && troubled !== undefined) say?.(`witness ${name}: answers again`);
};
