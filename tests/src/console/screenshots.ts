import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Browser, chromium, type Page } from 'playwright-core';
import { type RunningNode, startNode } from '../e2e/tutela-process.js';
import { chromiumPath, withoutBrowser } from './chromium.js';
import { demonstrationDone } from './demonstration.js';
import { allScreens } from './screens/all-screens.js';
import { caseScreens } from './screens/investigator.js';
import type { Ask, Screen } from './screens/screen.js';
import { makeSeizure, seizureCase, seizureOfficer, seizureRanges } from './seizure-data.js';

// `npm run screenshots`: every screen with the data of both demonstrations, light and dark, for people to look at.
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

/** A node to picture: what it holds, and who sits there. */
interface Shown {
  readonly node: RunningNode;
  readonly person: string;
  readonly screensOf: (ask: Ask) => Promise<readonly Screen[]>;
}

/** Until nothing is loading and what was drawn stands still; a page that failed is no picture of its screen. */
const settled = async (page: Page): Promise<void> => {
  await page.locator('h1').first().waitFor({ timeout: 60_000 });
  await page.waitForFunction(() => document.querySelector('.loading') === null, undefined, { timeout: 60_000 });
  await page.waitForTimeout(700);
  const failed = page.locator('.state-failed').first();
  if ((await failed.count()) > 0) throw new Error(await failed.innerText());
};

const take = async (page: Page, file: string): Promise<void> => {
  const state = await settled(page).then(
    () => '',
    (error: unknown) => {
      process.exitCode = 1;
      return `  NOT SHOWN: ${String(error).replaceAll('\n', ' ').slice(0, 200)}`;
    },
  );
  // A queue scrolls inside; a page that is longer than the window is taken whole.
  const height = await page.evaluate(() => document.querySelector('.content')?.scrollHeight ?? 900);
  await page.setViewportSize({ width: Number(asked.width), height: Math.min(4000, Math.max(900, height + 60)) });
  await page.screenshot({ path: file });
  await page.setViewportSize({ width: Number(asked.width), height: 900 });
  process.stdout.write(`${file}${state}\n`);
};

const takeAll = async (browser: Browser, { node, person, screensOf }: Shown): Promise<void> => {
  const screens = await screensOf(async <Body>(where: string) => {
    const answer = await node.ask(where, person);
    return answer.ok ? ((await answer.json()) as Body) : undefined;
  });
  for (const theme of ['light', 'dark'] as const) {
    const viewport = { width: Number(asked.width), height: 900 };
    const context = await browser.newContext({ viewport, colorScheme: theme, reducedMotion: 'reduce' });
    await context.addInitScript(
      ([language, who]) => {
        sessionStorage.setItem('person', who);
        localStorage.setItem('language', language);
      },
      [asked.language, person] as const,
    );
    const page = await context.newPage();
    await page.goto(`${node.origin}/#key=${node.key}`);
    for (const screen of screens.filter(({ name }) => name.includes(asked.only))) {
      await page.goto(`${node.origin}${screen.path}`);
      await take(page, path.join(asked.output, `${screen.name}-${asked.width}-${theme}.png`));
    }
    await context.close();
  }
};

const end = async (node: RunningNode): Promise<void> => {
  node.send('SIGTERM');
  await node.ended;
};

const ofAnInstallation = async (browser: Browser, args: readonly string[], ready: () => Promise<unknown>) => {
  const node = await startNode(['--port', '0', ...args]);
  try {
    await ready();
    await takeAll(browser, { node, person: 'analyst-1', screensOf: allScreens });
  } finally {
    await end(node);
  }
};

/** Its case has files, archives, users and a service's records, which the first demonstration's has not. */
const ofASeizure = async (browser: Browser, data: string): Promise<void> => {
  await makeSeizure(data);
  const node = await startNode(['--port', '0', '--no-demo', '--data', data], seizureRanges(data));
  const screensOf = async (ask: Ask) =>
    (await caseScreens(ask, seizureCase)).map(({ name, ...rest }) => ({ name: `seizure-${name}`, ...rest }));
  try {
    await takeAll(browser, { node, person: seizureOfficer, screensOf });
  } finally {
    await end(node);
  }
};

const executablePath = await chromiumPath();
if (executablePath === undefined) throw new Error(`screenshots need a browser${withoutBrowser}`);
await mkdir(asked.output, { recursive: true });
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
const own = await mkdtemp(path.join(tmpdir(), 'tutela screenshots '));
try {
  if (asked.data !== undefined) await ofAnInstallation(browser, ['--data', asked.data], async () => undefined);
  else {
    const demonstration = path.join(own, 'demonstration');
    await ofAnInstallation(browser, ['--demo', '--data', demonstration], () => demonstrationDone(demonstration));
    await ofASeizure(browser, path.join(own, 'seizure'));
  }
} finally {
  await browser.close();
  await rm(own, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
}
