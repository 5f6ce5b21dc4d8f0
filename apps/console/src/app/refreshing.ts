import type { QueryClient } from '@tanstack/react-query';
import type { NodeStatus } from './node-status.js';
import type { Change, StreamMessage } from './stream-message.js';

/** A busy node changes many times a second; what is shown is asked for again at most so often. */
const refreshMs = 3000;

/** First parts of query keys to be asked again; `all` is whatever is shown. */
export type Concerned = ReadonlySet<string> | 'all';

/** What one desk did concerns its own screens and those who watch over it. Of whatever crosses desks nobody knows. */
export const concernedBy = (changes: readonly Change[], desks: readonly string[]): Concerned => {
  const parts = changes.map(({ topic }) => topic.replace(/\..*$/, ''));
  return parts.every((part) => desks.includes(part)) ? new Set([...parts, 'oversight']) : 'all';
};

/** Desks whose summary is not what it was; the record of acts where it grew. */
const differing = (before: NodeStatus, now: NodeStatus): Concerned => {
  const told = new Map(before.desks.map((desk) => [desk.name, JSON.stringify(desk)]));
  const desks = now.desks.filter((desk) => told.get(desk.name) !== JSON.stringify(desk)).map(({ name }) => name);
  const ledger = JSON.stringify(before.ledger) === JSON.stringify(now.ledger) ? [] : ['oversight'];
  return new Set([...desks, ...ledger]);
};

export interface Refreshing {
  readonly take: (message: StreamMessage) => void;
  /** Nobody told what changed meanwhile: with the next message all that is shown is asked for again. */
  readonly miss: () => void;
  readonly stop: () => void;
}

/** Asks again for what messages concern, gathered over `refreshMs`. Queries alone: what somebody types is none. */
export const refreshing = (client: Pick<QueryClient, 'invalidateQueries'>, everyMs = refreshMs): Refreshing => {
  let status: NodeStatus | undefined;
  let missed = false;
  let due: Concerned = new Set();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    const parts = due;
    [due, timer] = [new Set(), undefined];
    if (parts === 'all') void client.invalidateQueries();
    else for (const part of parts) void client.invalidateQueries({ queryKey: [part] });
  };
  const add = (more: Concerned) => {
    due = due === 'all' || more === 'all' ? 'all' : new Set([...due, ...more]);
    if (due === 'all' || due.size > 0) timer ??= setTimeout(flush, everyMs);
  };
  return {
    take: (message) => {
      if (missed) add('all');
      missed = false;
      if (message.kind === 'changed')
        return add(
          concernedBy(
            message.changes,
            (status?.desks ?? []).map(({ name }) => name),
          ),
        );
      if (status !== undefined) add(differing(status, message.status));
      status = message.status;
    },
    miss: () => {
      missed = true;
    },
    stop: () => clearTimeout(timer),
  };
};
