import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { focusAfterChange } from './app/focus-after-change.js';
import { listenForKeys } from './app/keys.js';
import { LiveProvider } from './app/live.js';
import { Problem } from './app/problem.js';
import { router } from './app/router.js';
import { takeKeyFromAddress } from './app/session.js';
import { TongueProvider } from './app/tongue.js';
import './design/style.css';

takeKeyFromAddress();
// Another address pasted into the same tab changes only what stands behind `#`.
addEventListener('hashchange', takeKeyFromAddress);
listenForKeys();
router.subscribe('onRendered', focusAfterChange);

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      // What the node refused it will refuse again; only silence is tried once more.
      retry: (count, error) => count < 1 && error instanceof Problem && error.status === 0,
      refetchOnWindowFocus: false,
    },
  },
});

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <TongueProvider>
        <LiveProvider>
          <RouterProvider router={router} />
        </LiveProvider>
      </TongueProvider>
    </QueryClientProvider>
  </StrictMode>,
);
