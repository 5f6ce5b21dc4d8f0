import { encode, makePicture } from '@tutela/testkit';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { axeFindings } from './axe.js';
import { chromiumPath, withoutBrowser } from './chromium.js';
import { demonstrationDone } from './demonstration.js';
import { faultFindings } from './fault-and-again.js';
import { focusFindings } from './focus-walk.js';
import { type Ground, openGround } from './ground.js';
import { press } from './keyboard.js';
import { keyboardActs } from './keyboard-acts.js';
import { actByKeyboard, takeSteps } from './keyboard-steps.js';
import { allScreens } from './screens/all-screens.js';
import type { Screen } from './screens/screen.js';
import { sidewaysFindings } from './sideways.js';
import { visit } from './visit.js';

const executable = await chromiumPath();
const languages = ['en', 'es', 'pt-BR'] as const;
const person = 'demo-investigator';
const patience = 600_000;
/** Ask the node for nothing until somebody presses their button, or only for what may be typed as well. */
const readsNothing = ['oversight-verify', 'investigator-enter-authority'];

describe.skipIf(executable === undefined)(`every screen${executable ? '' : withoutBrowser}`, () => {
  let ground: Ground;
  let screens: readonly Screen[];
  beforeAll(async () => {
    ground = await openGround(executable as string, ['--demo']);
    await demonstrationDone(ground.data);
    screens = await allScreens(async <Body>(address: string) => {
      const answer = await ground.node.ask(address, person);
      return answer.ok ? ((await answer.json()) as Body) : undefined;
    });
  }, patience);
  afterAll(() => ground?.close());
  afterEach(() => expect(ground.faults()).toEqual([]));

  const open = (language: (typeof languages)[number] = 'en'): Promise<Page> => ground.open('/', { person, language });

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
    'in %s axe finds nothing, and nothing is scrolled sideways at 320 and 640 pixels',
    async (language) => {
      const page = await open(language);
      const found = await onEach(page, async ({ path: address }) => {
        await page.emulateMedia({ colorScheme: language === 'es' ? 'dark' : 'light' });
        await visit(page, address);
        const told: string[] = (await page.locator('main').innerText()).match(/\[object|undefined/g) ?? [];
        told.push(...(await axeFindings(page)));
        if (language === 'en') {
          await page.emulateMedia({ colorScheme: 'dark' });
          told.push(...(await axeFindings(page, 'colours')));
        }
        // As wide as 1280 pixels are with letters four times and twice as large.
        for (const width of [320, 640]) {
          await page.setViewportSize({ width, height: 720 });
          told.push(...(await sidewaysFindings(page)));
        }
        await page.setViewportSize({ width: 1280, height: 720 });
        return told;
      });
      expect(found).toEqual([]);
    },
    patience,
  );

  test(
    'Tab reaches all that a screen offers, and where the focus is can always be seen',
    async () => {
      const page = await open();
      const found = await onEach(page, async ({ path: address }) => {
        await visit(page, address);
        return focusFindings(page);
      });
      expect(found).toEqual([]);
    },
    patience,
  );

  test.each(keyboardActs)(
    'by keyboard alone: $what',
    async ({ screen, steps }) => {
      const page = await open();
      const address = screens.find(({ name }) => name === screen)?.path;
      if (address === undefined) throw new Error(`there is no screen ${screen}`);
      await actByKeyboard(page, address, steps);
      await page.context().close();
    },
    patience,
  );

  test(
    'by keyboard alone: a file is uploaded and compared',
    async () => {
      const page = await open();
      await actByKeyboard(page, '/desk/platform/upload', [{ tab: 'File' }]);
      const [chooser] = await Promise.all([page.waitForEvent('filechooser'), press(page, 'Space')]);
      const picture = await encode(makePicture(77, { width: 320, height: 240 }), { format: 'png' });
      await chooser.setFiles({ name: 'hill.png', mimeType: 'image/png', buffer: Buffer.from(picture) });
      await takeSteps(page, [
        { tab: 'Account that uploads it' },
        { type: 'account-77' },
        { tab: 'Upload and compare' },
        { press: ['Enter'] },
        { see: /It agrees with nothing on the list/ },
      ]);
      await page.context().close();
    },
    patience,
  );

  test(
    'a fault of the node is told with what to do, and asked again by keyboard alone',
    async () => {
      const page = await open();
      const reading = screens.filter(({ name }) => !readsNothing.includes(name));
      const found = await onEach(page, (screen) => faultFindings(page, `${ground.node.origin}${screen.path}`), reading);
      expect(found).toEqual([]);
    },
    patience,
  );
});
