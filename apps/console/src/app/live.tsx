import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import type { NodeStatus } from './node-status.js';
import { useSession } from './session.js';
import { statusDocuments } from './status-stream.js';

export type Connection = 'connecting' | 'live' | 'lost';

interface Live {
  readonly connection: Connection;
  readonly status: NodeStatus | undefined;
}

const retryMs = 2000;
/** A busy node changes many times a second; what is shown is asked for again at most so often. */
const refreshMs = 3000;
const LiveContext = createContext<Live>({ connection: 'connecting', status: undefined });

/** What the node says of itself, as it changes. */
export const useLive = (): Live => useContext(LiveContext);

/**
 * Follows the node for as long as the page is open, through every break. Queries are keyed by the desk first
 * (`['platform', …]`): when that desk's summary changes they are asked again; when the ledger grows, all that are shown,
 * since every act that matters appends to it. What somebody types is state of its own and never asked for again.
 */
export const LiveProvider = ({ children }: { readonly children: ReactNode }) => {
  const { key } = useSession();
  const client = useQueryClient();
  const [live, setLive] = useState<Live>({ connection: 'connecting', status: undefined });
  useEffect(() => {
    if (key === null) return;
    const ending = new AbortController();
    const refresh = refreshing(client);
    void follow(ending.signal, {
      onStatus: (status) => {
        refresh(status);
        setLive({ connection: 'live', status });
      },
      onBreak: () => setLive(({ status }) => ({ connection: 'lost', status })),
    });
    return () => ending.abort();
  }, [key, client]);
  return <LiveContext value={live}>{children}</LiveContext>;
};

interface Following {
  readonly onStatus: (status: NodeStatus) => void;
  readonly onBreak: () => void;
}

const follow = async (signal: AbortSignal, { onStatus, onBreak }: Following): Promise<void> => {
  while (!signal.aborted) {
    try {
      for await (const status of statusDocuments<NodeStatus>(signal)) onStatus(status);
    } catch {
      // Whatever broke it off, it is tried again; what the page shows says that it is not live.
    }
    if (signal.aborted) return;
    onBreak();
    await new Promise((resolve) => setTimeout(resolve, retryMs));
  }
};

/** Asks again for what a change concerns, gathered over `refreshMs`. */
const refreshing = (client: QueryClient): ((status: NodeStatus) => void) => {
  const last = new Map<string, string>();
  const due = new Set<string>();
  const flush = () => {
    const parts = [...due];
    due.clear();
    if (parts.includes('ledger')) void client.invalidateQueries();
    else for (const part of parts) void client.invalidateQueries({ queryKey: [part] });
  };
  return ({ desks, ledger }) => {
    const told = [
      ...desks.map((desk) => [desk.name, JSON.stringify(desk)] as const),
      ['ledger', `${ledger.size}`] as const,
    ];
    for (const [part, text] of told) {
      if (last.has(part) && last.get(part) !== text) {
        if (due.size === 0) setTimeout(flush, refreshMs);
        due.add(part);
      }
      last.set(part, text);
    }
  };
};
