import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { type RunningNode, startNode, tutela } from '../e2e/tutela-process.js';
import { underName, watchPage } from './watch-page.js';

export interface OpenOptions {
  readonly language?: 'en' | 'es' | 'pt-BR';
  readonly theme?: 'light' | 'dark';
  /** `nobody`: it has not been said who sits there. Default: `analyst-1`. */
  readonly person?: string;
  /** `none`: an address without the key. */
  readonly key?: 'given' | 'none';
  /** `name`: as localhost, where passkeys work. Default: `numbers`. */
  readonly host?: 'numbers' | 'name';
}

/** A node with its embedded database and a browser that looks at it; one for each file of tests. */
export interface Ground {
  readonly node: RunningNode;
  /** The data folder, for the command line. */
  readonly data: string;
  /** Runs `tutela … --data`. @throws Error when it ends otherwise than well */
  readonly run: (...args: readonly string[]) => Promise<string>;
  /** A tab of its own, at an address such as `/desk/platform/matches`. */
  readonly open: (address: string, options?: OpenOptions) => Promise<Page>;
  /**
   * What the pages did that no page may do, since it was last asked: requests to other hosts, bytes of files without a
   * reveal, breaches of the content policy, faults of scripts. `checkAfterEach` asks after every test.
   */
  readonly faults: () => readonly string[];
  readonly close: () => Promise<void>;
}

/**
 * @param args of `tutela start` besides those that keep it apart from others
 * @param settings of the node, as in its environment
 */
export const openGround = async (
  executablePath: string,
  args: readonly string[] = ['--no-demo'],
  settings: Readonly<Record<string, string>> = {},
): Promise<Ground> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'tutela console '));
  const data = path.join(folder, 'data');
  const node = await startNode(['--port', '0', '--data', data, ...args], {
    TUTELA_ACTOR: 'staff-1',
    ...settings,
  });
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  let faults: string[] = [];
  return {
    node,
    data,
    run: async (...asked) => {
      const ended = await tutela([...asked, '--data', data], { TUTELA_ACTOR: 'staff-1' });
      if (ended.code !== 0) throw new Error(`${asked.join(' ')} ended with ${ended.code}: ${ended.stderr}`);
      return ended.stdout.trim();
    },
    open: (address, options) => openTab({ browser, node, onFault: (fault) => faults.push(fault) }, address, options),
    faults: () => {
      const told = faults;
      faults = [];
      return told;
    },
    close: async () => {
      await browser.close();
      node.send('SIGTERM');
      await node.ended;
      await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
    },
  };
};

interface TabDeps {
  readonly browser: Browser;
  readonly node: RunningNode;
  readonly onFault: (fault: string) => void;
}

const openTab = async ({ browser, node, onFault }: TabDeps, address: string, options: OpenOptions = {}) => {
  const { language = 'en', theme = 'light', person = 'analyst-1', key = 'given', host = 'numbers' } = options;
  const context = await browser.newContext({ locale: language, colorScheme: theme, reducedMotion: 'reduce' });
  await context.addInitScript(
    ([who, spoken]) => {
      if (who !== 'nobody') sessionStorage.setItem('person', who);
      localStorage.setItem('language', spoken);
    },
    [person, language] as const,
  );
  const page = await context.newPage();
  watchPage(page, node.origin, onFault);
  const origin = host === 'name' ? underName(node.origin) : node.origin;
  await page.goto(`${origin}${address}${key === 'given' ? `#key=${node.key}` : ''}`);
  return page;
};
