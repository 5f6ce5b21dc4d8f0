import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { axeFindings } from './axe.js';
import { chromiumPath, withoutBrowser } from './chromium.js';
import { type Ground, openGround } from './ground.js';
import { allScreens } from './screens/all-screens.js';
import { nodeWithOneOfEach } from './screens/one-of-each.js';
import type { Screen } from './screens/screen.js';
import { visit } from './visit.js';

const executable = await chromiumPath();
const patience = 300_000;
/** What is never empty: the desks, forms, a record that begins with the node itself. */
const neverEmpty = ['overview', 'clearinghouse-request-new', 'oversight-events', 'oversight-verify'];
const nobodys = '00000000-0000-4000-8000-000000000000';

describe.skipIf(executable === undefined)(`before anything happened${executable ? '' : withoutBrowser}`, () => {
  let ground: Ground;
  let page: Page;
  beforeAll(async () => {
    ground = await openGround(executable as string);
    page = await ground.open('/');
  }, patience);
  afterAll(() => ground?.close());
  afterEach(() => expect(ground.faults()).toEqual([]));

  const onEach = async (screens: readonly Screen[], look: () => Promise<readonly string[]>) => {
    const found: string[] = [];
    for (const { name, path } of screens) {
      await visit(page, path);
      found.push(...(await look()).map((told) => `${name}: ${told}`));
    }
    return found;
  };

  test(
    'each screen says that nothing is there, and what would bring something; axe finds nothing',
    async () => {
      const screens = await allScreens(async <Body>(address: string) => {
        const answer = await ground.node.ask(address);
        return answer.ok ? ((await answer.json()) as Body) : undefined;
      });
      const empty = screens.filter(({ name }) => !neverEmpty.includes(name));
      expect(empty.length).toBeGreaterThan(30);
      const found = await onEach(empty, async () => {
        const states = page.locator('main .state:not(.state-failed)');
        await states
          .first()
          .waitFor({ timeout: 5000 })
          .catch(() => undefined);
        const told = await states.first().locator('.state-title + .about').count();
        return [...(told === 1 ? [] : ['does not say what would bring something']), ...(await axeFindings(page))];
      });
      expect(found).toEqual([]);
    },
    patience,
  );

  test(
    'what is not there, or not any more, is told as such',
    async () => {
      const known = new Set((await allScreens(nodeWithOneOfEach('known'))).map(({ path }) => path));
      const things = (await allScreens(nodeWithOneOfEach(nobodys))).filter(
        ({ path }) => !known.has(path) && /^\/desk\/[a-z]+\/[a-z]+\/[^/]+$/.test(path),
      );
      expect(things.length).toBeGreaterThan(9);
      const found = await onEach(things, async () => {
        const told = page.locator('main .state').first();
        await told.waitFor({ timeout: 5000 }).catch(() => undefined);
        return (await told.count()) === 1 ? [] : ['says nothing of it'];
      });
      expect(found).toEqual([]);
    },
    patience,
  );
});
