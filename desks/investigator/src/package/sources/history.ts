import { toInstant, type UtcInstant } from '@tutela/core';
import type { MaterialSource } from '../material-source.js';
import { listCaseEntries } from '../queries.js';

interface ToldEntry {
  readonly type: string;
  readonly actor: string;
  readonly at: UtcInstant;
}

/** What the ledger tells of the case: that, when and by whom, in the words of the log. */
export const historyMaterial: MaterialSource = async ({ db }, caseRef) => ({
  chronology: (await listCaseEntries(db, caseRef)).map(({ seq, entry }) => {
    const { type, actor, at } = JSON.parse(entry) as ToldEntry;
    return { at: toInstant(new Date(at)), what: `${type}, by ${actor}`, source: `event ${seq}` };
  }),
});
