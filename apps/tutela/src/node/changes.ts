import type { Db } from '@tutela/db';
import { eventsFrom, type TellingEvent } from './queries.js';

/** Something that a page may show is not as it was. */
export interface Change {
  /** Of the event's subject: `investigator.pass` of `investigator/pass/ID`; its desk alone where there is no such name. */
  readonly topic: string;
  /** `null`: of many. */
  readonly id: string | null;
  readonly caseRef: string | null;
}

/** More of one topic than that are told as one change of many. */
const mostOfTopic = 50;

/**
 * What changed since it was asked last, by the events of the ledger: every act that matters has one, whichever process
 * did it. The first answer is empty: it is from where to go on.
 */
export const watchChanges = (db: Db): (() => Promise<readonly Change[]>) => {
  let from: string | undefined;
  let seen: ReadonlySet<string> = new Set();
  return async () => {
    const { horizon, events } = await eventsFrom(db, from);
    const fresh = from === undefined ? [] : events.filter(({ id }) => !seen.has(id));
    // Whatever is below the horizon was there to be seen; what is not may still be joined by others of its age.
    seen = new Set(events.filter(({ txid }) => BigInt(txid) >= BigInt(horizon)).map(({ id }) => id));
    from = horizon;
    return gathered(fresh.flatMap(changesOf));
  };
};

const changesOf = ({ type, subjects, caseRef }: TellingEvent): readonly Change[] =>
  (subjects.length === 0 ? [''] : subjects).map((subject) => {
    const [desk, kind, ...id] = subject.split('/');
    const named = id.length > 0 ? { topic: `${desk}.${kind}`, id: id.join('/') } : undefined;
    return { ...(named ?? { topic: type.replace(/\..*$/, ''), id: subject || null }), caseRef };
  });

const gathered = (changes: readonly Change[]): readonly Change[] => {
  const once = [...new Map(changes.map((change) => [`${change.topic} ${change.id ?? ''}`, change])).values()];
  const byTopic = new Map<string, Change[]>();
  for (const change of once) byTopic.set(change.topic, [...(byTopic.get(change.topic) ?? []), change]);
  return [...byTopic].flatMap(([topic, of]) => (of.length <= mostOfTopic ? of : [{ topic, id: null, caseRef: null }]));
};
