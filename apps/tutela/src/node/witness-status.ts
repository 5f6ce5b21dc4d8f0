import type { Db } from '@tutela/db';
import { type Contact, readWitnessStates, type WitnessState } from '@tutela/ledger/postgres';
import type { OwnPolicy } from '../config/log-policy.js';
import { formatTable } from '../output/table.js';

export type WitnessRow = {
  readonly witness: string;
  /** Size of the newest head that it has signed. */
  readonly signed: number | null;
  readonly at: string | null;
  /** Entries that it has not seen yet. */
  readonly behind: number;
  readonly state: string;
};

/** A row for each witness: what it has signed, when, how far it is behind, and whether anything is wrong with it. */
export const witnessStatus = async (
  db: Db,
  { witnesses }: OwnPolicy,
  contacts: ReadonlyMap<string, Contact> = new Map(),
): Promise<readonly WitnessRow[] | 'no witness configured'> => {
  if (witnesses.length === 0) return 'no witness configured';
  const states = await readWitnessStates(
    db,
    witnesses.map(({ key }) => key),
  );
  return states.map((state) => ({
    witness: state.witness,
    signed: state.signed === undefined ? null : Number(state.signed),
    at: state.at ?? null,
    behind: Number(state.behind),
    state: stateOf(state, contacts.get(state.witness)),
  }));
};

const stateOf = ({ fork, behind }: WitnessState, contact: Contact | undefined): string => {
  if (fork) return forkSentence(fork);
  if (contact?.state === 'trouble') return contact.why;
  return behind === '0' ? 'up to date' : 'behind';
};

const forkSentence = ({ why, size, witnessSize, at }: NonNullable<WitnessState['fork']>): string =>
  why === 'witness-has-more'
    ? `FORK at ${at}: it has signed ${witnessSize}, and we have no such head`
    : `FORK at ${at}: it holds another history; our head of ${size} does not continue its ${witnessSize ?? 'own'}`;

export const formatWitnesses = (rows: readonly WitnessRow[] | 'no witness configured'): string => {
  if (typeof rows === 'string') return rows;
  const columns = [
    { heading: 'witness', of: ({ witness }: WitnessRow) => witness },
    { heading: 'has signed', of: ({ signed }: WitnessRow) => signed ?? '—' },
    { heading: 'at', of: ({ at }: WitnessRow) => at ?? '—' },
    { heading: 'behind', of: ({ behind }: WitnessRow) => behind },
    { heading: 'state', of: ({ state }: WitnessRow) => state },
  ];
  return formatTable(columns, rows).trimEnd();
};
