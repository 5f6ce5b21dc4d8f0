import { createHash } from 'node:crypto';
import type { Page, Response } from 'playwright-core';

/** What may carry pixels to a page: a degraded picture, or the answer to a reveal, which is on record before it leaves. */
const pictureRoutes: readonly { readonly method: string; readonly path: RegExp }[] = [
  { method: 'GET', path: /\/preview$/ },
  { method: 'POST', path: /\/reveal$/ },
];

/**
 * Watches a tab at the network layer and the console: every request of every test goes through here.
 * @param origin of the node, the one host there is; it may be asked under its name as well, which passkeys need
 */
export const watchPage = (page: Page, origin: string, onFault: (fault: string) => void): void => {
  const own = [origin, underName(origin)];
  page.on('request', (request) => {
    const { protocol, origin: asked } = new URL(request.url());
    if (protocol !== 'blob:' && !own.includes(asked)) onFault(`a request to another host: ${request.url()}`);
  });
  page.on('response', (response) => {
    const breach = pixelsWithoutReveal(response);
    if (breach !== undefined) onFault(breach);
  });
  page.on('pageerror', (error) => onFault(`a fault of a script: ${error.message}`));
  page.on('console', (message) => {
    const text = message.text();
    // An answer that is no success is told by the page itself; Chromium writes it down as well.
    if (message.type() === 'error' && !text.startsWith('Failed to load resource')) onFault(`in the console: ${text}`);
  });
};

/** The same node as `http://localhost:…`. */
export const underName = (origin: string): string => origin.replace('127.0.0.1', 'localhost');

const pixelsWithoutReveal = (response: Response): string | undefined => {
  const { pathname, protocol } = new URL(response.url());
  // What a page made of an answer that was looked at here already.
  if (protocol === 'blob:') return undefined;
  const type = response.headers()['content-type'] ?? '';
  if (!/^(image|video|audio)\/|octet-stream/.test(type) || pathname === '/icon.svg') return undefined;
  const method = response.request().method();
  const allowed = pictureRoutes.some((route) => route.method === method && route.path.test(pathname));
  return allowed ? undefined : `bytes of a file without a reveal: ${method} ${pathname} (${type})`;
};

/** SHA-256 of every answer of a tab, to be held against those of the originals. Ask before the acts. */
export const digestsOf = (page: Page): ReadonlySet<string> => {
  const digests = new Set<string>();
  page.on('response', (response) => {
    void response
      .body()
      .then((body) => digests.add(createHash('sha256').update(body).digest('hex')))
      .catch(() => undefined);
  });
  return digests;
};
