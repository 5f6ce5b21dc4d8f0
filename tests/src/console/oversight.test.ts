import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { axeFindings } from './axe.js';
import { chromiumPath, withoutBrowser } from './chromium.js';
import { type Ground, openGround } from './ground.js';

const executable = await chromiumPath();

describe.skipIf(executable === undefined)(`oversight${executable ? '' : withoutBrowser}`, () => {
  let ground: Ground;
  beforeAll(async () => {
    ground = await openGround(executable as string);
  });
  afterAll(() => ground?.close());
  afterEach(() => expect(ground.faults()).toEqual([]));

  test.each(['en', 'es', 'pt-BR'] as const)('axe finds nothing in %s', async (language) => {
    const page = await ground.open('/desk/oversight/approvals', { language });
    for (const name of ['approvals', 'ledger', 'events', 'cases', 'looks', 'looks?tab=team', 'verify']) {
      await page.goto(`${ground.node.origin}/desk/oversight/${name}`);
      await page.locator('h1').waitFor();
      await page.waitForFunction(() => document.querySelector('.loading') === null);
      expect([name, await axeFindings(page)]).toEqual([name, []]);
    }
  });
});
