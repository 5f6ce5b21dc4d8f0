import { type JsonObject, systemClock } from '@tutela/core';
import type { Db } from '@tutela/db';
import { type AuthorityState, stampDue, type TimeAuthority } from '@tutela/ledger/postgres';
import type { Chore } from './desk.js';

/** Who stamps the heads of the ledger, and how often. */
export interface Stamping {
  readonly authorities: readonly TimeAuthority[];
  readonly everyMinutes: number;
}

interface StampingDeps extends Stamping {
  readonly db: Db;
  /** Gives up what is asked of authorities that have not answered yet. */
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
}

/** Has the newest head stamped when it is time; nothing waits for it. None while no authority is named. */
export const stampingChores = ({ db, authorities, everyMinutes, signal, log }: StampingDeps): readonly Chore[] =>
  authorities.length === 0
    ? []
    : [
        {
          name: 'have heads stamped',
          everySeconds: 20,
          run: async () => {
            const turn = await stampDue(db, { authorities, everyMinutes, clock: systemClock, signal });
            if (turn.kind !== 'done' || signal.aborted) return;
            for (const result of turn.value) {
              if (result.result === 'failed') log(`time authority ${result.authority}: ${result.why}`);
            }
          },
        },
      ];

/** One authority as status and `ledger head --json` tell it. */
export const timestampJson = ({ authority, stamped, failures, lastFailure }: AuthorityState): JsonObject => ({
  authority,
  size: stamped === undefined ? null : Number(stamped.size),
  stampedAt: stamped?.genTime ?? null,
  failures,
  lastFailure: lastFailure === undefined ? null : `${lastFailure.at} ${lastFailure.why}`,
});

/** For a person, such as `Stamped by first at 2026-03-01T10:15:00.000Z: 4,711 entries.` */
export const timestampLine = ({ authority, stamped, failures, lastFailure }: AuthorityState): string => {
  const last =
    stamped === undefined
      ? `Not yet stamped by ${authority}.`
      : `Stamped by ${authority} at ${stamped.genTime}: ${stamped.size} entries.`;
  return lastFailure === undefined ? last : `${last} Since then ${failures} in vain: ${lastFailure.why}.`;
};
