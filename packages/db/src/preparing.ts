import type { PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import type pg from 'pg';

/** From so many uses on a statement is one that goes on being used. */
const usual = 20;
/** Each connection keeps what it has prepared, so the number is bounded. */
const mostPrepared = 200;
/** Texts that are counted. */
const mostCounted = 5000;

/**
 * PostgreSQL appendix A, as it is told of a statement that may not be prepared: it gives other columns than it did, since its
 * table was changed; or `on conflict` names an index by conditions that are parameters, and a plan for any of them finds none.
 */
export const unpreparable: ReadonlySet<string> = new Set(['0A000', '42P10']);

/**
 * A pool that has statements of the same text parsed and planned once a connection instead of each time: of what the
 * server does for a small statement, that is the larger part.
 */
export const preparing = (pool: pg.Pool): PostgresPool => {
  const names = openNames();
  const prepared = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  return {
    connect: async () => {
      const client = await pool.connect();
      const known = prepared.get(client) ?? clientOf(client, names);
      prepared.set(client, known);
      return known;
    },
    end: () => pool.end(),
  };
};

/** Kysely asks for a cursor only where it was given one to ask with. */
const clientOf = (client: pg.PoolClient, names: Names): PostgresPoolClient => {
  const query = async (text: string, values: readonly unknown[]): Promise<PostgresQueryResult<unknown>> => {
    const name = values.length === 0 ? undefined : names.of(text);
    try {
      return (await client.query({ text, values: [...values], ...(name !== undefined && { name }) })) as never;
    } catch (error) {
      if (unpreparable.has((error as pg.DatabaseError).code ?? '')) names.forget(text);
      throw error;
    }
  };
  return { query: query as PostgresPoolClient['query'], release: () => client.release() };
};

interface Names {
  /** Absent for what is not prepared. */
  readonly of: (text: string) => string | undefined;
  /** Has the text never be prepared again. */
  readonly forget: (text: string) => void;
}

const openNames = (): Names => {
  const uses = new Map<string, number>();
  const names = new Map<string, string | undefined>();
  return {
    of: (text) => {
      if (names.has(text) || names.size === mostPrepared) return names.get(text);
      const count = (uses.get(text) ?? 0) + 1;
      if (count === 1 && uses.size === mostCounted) uses.clear();
      uses.set(text, count);
      if (count < usual) return undefined;
      uses.delete(text);
      names.set(text, `tutela_${names.size}`);
      return names.get(text);
    },
    forget: (text) => void names.set(text, undefined),
  };
};
