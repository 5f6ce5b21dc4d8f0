import { writeSync } from 'node:fs';
import type { Database } from '@tutela/db';

/** Called at each point that a process passes; at the one that was asked for it ends at once, as by `kill -9`. */
export type Strike = (point: string) => void;

/** @param times how often the point is passed before */
export const strikeAt = (wanted: string, times: number): Strike => {
  let left = times;
  return (point) => {
    if (point === wanted && left-- === 0) process.kill(process.pid, 'SIGKILL');
  };
};

/** A line of JSON for the parent, written before anything else happens. */
export const say = (line: object): void => void writeSync(1, `${JSON.stringify(line)}\n`);

const statements: readonly (readonly [string, string])[] = [
  ['insert into ledger.event', 'append'],
  ['pg_snapshot_xmin', 'pending'],
  ['insert into ledger.leaf', 'leaves'],
  ['insert into ledger.checkpoint', 'checkpoint'],
  ['insert into "ledger"."cosignature"', 'cosignature'],
];

type Query = (...args: readonly unknown[]) => unknown;

/** Passes `before …`, `after …` of the ledger's statements, and `commit of …` once the commit is on its way. */
export const strikeInStatements = ({ pool }: Pick<Database, 'pool'>, strike: Strike): void => {
  pool.on('connect', (client) => {
    const target = client as unknown as { query: Query };
    const query = target.query.bind(client);
    let last = '';
    target.query = (...args) => {
      const text = textOf(args[0]);
      const [, name] = statements.find(([part]) => text.includes(part)) ?? [];
      if (name !== undefined) strike(`before ${name}`);
      const result = query(...args);
      if (text === 'commit') setImmediate(strike, `commit of ${last}`);
      if (name !== undefined) last = name;
      if (name === undefined || !(result instanceof Promise)) return result;
      return result.then((rows: unknown) => {
        strike(`after ${name}`);
        return rows;
      });
    };
  });
};

const textOf = (query: unknown): string =>
  typeof query === 'string' ? query : ((query as { readonly text?: string } | undefined)?.text ?? '');
