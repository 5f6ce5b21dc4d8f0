import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { axeFindings } from './axe.js';
import { chromiumPath, withoutBrowser } from './chromium.js';
import { type Ground, openGround } from './ground.js';

const executable = await chromiumPath();
const screen = '/desk/oversight/approvals';

describe.skipIf(executable === undefined)(`oversight${executable ? '' : withoutBrowser}`, () => {
  let ground: Ground;
  beforeAll(async () => {
    ground = await openGround(executable as string);
  });
  afterAll(() => ground?.close());
  afterEach(() => expect(ground.faults()).toEqual([]));

  test('where nobody is enrolled the screen says what that stops and how the first two come in', async () => {
    const page = await ground.open(screen);
    await page.getByText('Nobody is enrolled who could approve.').waitFor();
    expect(await page.textContent('main')).toContain('tutela person add staff-1.key.pub staff-2.key.pub');
  });

  test.each(['en', 'es', 'pt-BR'] as const)('axe finds nothing in %s', async (language) => {
    const page = await ground.open(screen, { language });
    for (const name of ['approvals', 'ledger', 'events', 'cases', 'looks', 'looks?tab=team', 'verify']) {
      await page.goto(`${ground.node.origin}/desk/oversight/${name}`);
      await page.locator('h1').waitFor();
      await page.waitForFunction(() => document.querySelector('.loading') === null);
      expect([name, await axeFindings(page)]).toEqual([name, []]);
    }
  });
});
