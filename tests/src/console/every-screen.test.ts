import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { axeFindings } from './axe.js';
import { chromiumPath, withoutBrowser } from './chromium.js';
import { demonstrationDone } from './demonstration.js';
import { faultFindings } from './fault-and-again.js';
import { focusFindings } from './focus-walk.js';
import { type Ground, openGround } from './ground.js';
import { allScreens } from './screens/all-screens.js';
import type { Screen } from './screens/screen.js';
import { sidewaysFindings } from './sideways.js';
import { visit } from './visit.js';

const executable = await chromiumPath();
const languages = ['en', 'es', 'pt-BR'] as const;
const patience = 300_000;
/** Asks the node for nothing until somebody presses its button. */
const readsNothing = ['oversight-verify'];

describe.skipIf(executable === undefined)(`every screen${executable ? '' : withoutBrowser}`, () => {
  let ground: Ground;
  let screens: readonly Screen[];
  beforeAll(async () => {
    ground = await openGround(executable as string, ['--demo']);
    await demonstrationDone(ground.data);
    await ground.run('hashlist', 'open', 'list-1', '--title', 'Shared');
    screens = await allScreens(async <Body>(address: string) => {
      const answer = await ground.node.ask(address);
      return answer.ok ? ((await answer.json()) as Body) : undefined;
    });
  }, patience);
  afterAll(() => ground?.close());
  afterEach(() => expect(ground.faults()).toEqual([]));

  const open = (language: (typeof languages)[number] = 'en'): Promise<Page> =>
    ground.open('/', { person: 'demo-investigator', language });

  /** What is found on each screen, with its name. */
  const onEach = async (
    page: Page,
    look: (screen: Screen) => Promise<readonly string[]>,
    asked = screens,
  ): Promise<readonly string[]> => {
    const found: string[] = [];
    for (const screen of asked) {
      const told = await look(screen).catch((error: unknown) => [String(error).split('\n')[0] ?? '']);
      found.push(...told.map((one) => `${screen.name}: ${one}`));
    }
    await page.context().close();
    return found;
  };

  test.each(languages)(
    'axe finds nothing in %s, light and dark',
    async (language) => {
      const page = await open(language);
      const found = await onEach(page, async ({ path }) => {
        await page.emulateMedia({ colorScheme: 'light' });
        await visit(page, path);
        const light = await axeFindings(page);
        await page.emulateMedia({ colorScheme: 'dark' });
        return [...light, ...(await axeFindings(page, 'colours'))];
      });
      expect(found).toEqual([]);
    },
    patience,
  );

  test.each([320, 640])(
    'at a width of %i, as with letters four times and twice as large, nothing has to be scrolled sideways',
    async (width) => {
      const page = await open();
      await page.setViewportSize({ width, height: 600 });
      const found = await onEach(page, async ({ path }) => {
        await visit(page, path);
        return sidewaysFindings(page);
      });
      expect(found).toEqual([]);
    },
    patience,
  );

  test(
    'Tab reaches all that a screen offers, and where the focus is can always be seen',
    async () => {
      const page = await open();
      const found = await onEach(page, async ({ path }) => {
        await visit(page, path);
        return focusFindings(page);
      });
      expect(found).toEqual([]);
    },
    patience,
  );

  test(
    'a fault of the node is told with what to do, and asked again by keyboard alone',
    async () => {
      const page = await open();
      const reading = screens.filter(({ name }) => !readsNothing.includes(name));
      const found = await onEach(page, ({ path }) => faultFindings(page, `${ground.node.origin}${path}`), reading);
      expect(found).toEqual([]);
    },
    patience,
  );
});
