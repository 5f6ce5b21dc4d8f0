import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import type { NodeStatus } from './node-status.js';
import { refreshing } from './refreshing.js';
import { useSession } from './session.js';
import { streamMessages } from './status-stream.js';
import type { StreamMessage } from './stream-message.js';

export type Connection = 'connecting' | 'live' | 'lost';

interface Live {
  readonly connection: Connection;
  readonly status: NodeStatus | undefined;
}

const retryMs = 2000;
const LiveContext = createContext<Live>({ connection: 'connecting', status: undefined });

/** What the node says of itself, as it changes. */
export const useLive = (): Live => useContext(LiveContext);

/**
 * Follows the node for as long as the page is open, through every break. Queries are keyed by the desk first
 * (`['platform', …]`): they are asked again when the node tells that something of that desk changed, and all that are
 * shown after a break. What somebody types is state of its own and never asked for again.
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
      onMessage: (message) => {
        refresh.take(message);
        if (message.kind === 'status') setLive({ connection: 'live', status: message.status });
      },
      onBreak: () => {
        refresh.miss();
        setLive(({ status }) => ({ connection: 'lost', status }));
      },
    });
    return () => {
      ending.abort();
      refresh.stop();
    };
  }, [key, client]);
  return <LiveContext value={live}>{children}</LiveContext>;
};

interface Following {
  readonly onMessage: (message: StreamMessage) => void;
  readonly onBreak: () => void;
}

const follow = async (signal: AbortSignal, { onMessage, onBreak }: Following): Promise<void> => {
  while (!signal.aborted) {
    try {
      for await (const message of streamMessages(signal)) onMessage(message);
    } catch {
      // Whatever broke it off, it is tried again; what the page shows says that it is not live.
    }
    if (signal.aborted) return;
    onBreak();
    await new Promise((resolve) => setTimeout(resolve, retryMs));
  }
};
