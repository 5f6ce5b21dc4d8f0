import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium, type Page } from 'playwright-core';
import { startNode } from '../e2e/tutela-process.js';
import { chromiumPath, withoutBrowser } from './chromium.js';
import { demonstrationDone } from './demonstration.js';
import { allScreens } from './screens/all-screens.js';
import type { Screen } from './screens/screen.js';

// `npm run screenshots`: every screen with the demonstration's data, light and dark, for people to look at.
// `-- --data DIR` shows an installation of yours instead; `--width 390`, `--language es` and `--only triage` as they say.

const { values: asked } = parseArgs({
  options: {
    data: { type: 'string' },
    width: { type: 'string', default: '1280' },
    language: { type: 'string', default: 'en' },
    only: { type: 'string', default: '' },
    output: { type: 'string', default: fileURLToPath(new URL('../../../screenshots', import.meta.url)) },
  },
});

/** Until nothing is loading and what was drawn stands still. */
const settled = async (page: Page): Promise<void> => {
  await page.locator('h1').first().waitFor({ timeout: 60_000 });
  await page.waitForFunction(() => document.querySelector('.loading') === null, undefined, { timeout: 60_000 });
  await page.waitForTimeout(700);
};

const executablePath = await chromiumPath();
if (executablePath === undefined) throw new Error(`screenshots need a browser${withoutBrowser}`);
const own = asked.data === undefined ? await mkdtemp(path.join(tmpdir(), 'tutela screenshots ')) : undefined;
const node = await startNode([
  '--port',
  '0',
  ...(own === undefined ? [] : ['--demo']),
  '--data',
  asked.data ?? own ?? '',
]);
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
try {
  if (own !== undefined) await demonstrationDone(own);
  const screens = await allScreens(async <Body>(where: string) => {
    const answer = await node.ask(where);
    return answer.ok ? ((await answer.json()) as Body) : undefined;
  });
  await mkdir(asked.output, { recursive: true });
  for (const theme of ['light', 'dark'] as const) {
    const viewport = { width: Number(asked.width), height: 900 };
    const context = await browser.newContext({ viewport, colorScheme: theme, reducedMotion: 'reduce' });
    await context.addInitScript((language) => {
      sessionStorage.setItem('person', 'analyst-1');
      localStorage.setItem('language', language);
    }, asked.language);
    const page = await context.newPage();
    await page.goto(`${node.origin}/#key=${node.key}`);
    for (const screen of screens.filter(({ name }) => name.includes(asked.only))) await take(page, screen, theme);
    await context.close();
  }
} finally {
  await browser.close();
  node.send('SIGTERM');
  await node.ended;
  if (own !== undefined) await rm(own, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
}

async function take(page: Page, { name, path: where }: Screen, theme: string): Promise<void> {
  await page.goto(`${node.origin}${where}`);
  const file = path.join(asked.output, `${name}-${asked.width}-${theme}.png`);
  const state = await settled(page).then(
    () => '',
    (error: unknown) => `  NOT SETTLED: ${String(error).split('\n')[0]}`,
  );
  // A queue scrolls inside; a page that is longer than the window is taken whole.
  const height = await page.evaluate(() => document.querySelector('.content')?.scrollHeight ?? 900);
  await page.setViewportSize({ width: Number(asked.width), height: Math.min(4000, Math.max(900, height + 60)) });
  await page.screenshot({ path: file });
  await page.setViewportSize({ width: Number(asked.width), height: 900 });
  process.stdout.write(`${file}${state}\n`);
}
