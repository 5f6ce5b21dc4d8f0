import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, withoutBrowser } from './chromium.js';
import { type Ground, type OpenOptions, openGround } from './ground.js';
import { press, tabTo } from './keyboard.js';
import { unknownCommands, walkCase } from './walk-case.js';

const executable = await chromiumPath();
const officer = 'demo-officer-1';
const caseRef = 'OPP-26-1';

describe.skipIf(executable === undefined)(`a case that holds nothing yet${executable ? '' : withoutBrowser}`, () => {
  let ground: Ground;
  beforeAll(async () => {
    ground = await openGround(executable as string);
  }, 120_000);
  afterAll(() => ground?.close());
  afterEach(() => expect(ground.faults()).toEqual([]));
  const open = (address: string, options: OpenOptions = {}): Promise<Page> =>
    ground.open(address, { person: officer, ...options });

  test('a case is opened by keyboard alone, and Enter in the form opens nothing', async () => {
    const page = await open('/desk/investigator/cases');
    await page.getByText('No case was opened yet.').waitFor();
    await press(page, 'n');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.type('OPP-26-1');
    await press(page, 'Enter', 'Tab');
    await page.keyboard.type('A card');
    expect((await ground.node.ask('/investigator/cases/OPP-26-1')).status).toBe(404);
    await tabTo(page, 'Open a case');
    await press(page, 'Enter');
    await page.getByRole('heading', { name: 'A card', level: 1 }).waitFor();
    expect((await ground.node.ask('/investigator/cases/OPP-26-1')).status).toBe(200);
    await page.getByText('No report is linked.').waitFor();
    await page.getByText('Nobody has a role in this case yet.').waitFor();
  });

  test.each([
    ['seizure', 'No source was added.'],
    ['archives', 'No archive was examined yet.'],
    ['stacks', 'No stack is so.'],
    ['users', 'No access is known yet.'],
    ['accounts', 'No account is known yet.'],
    ['knowledge', 'No record of the service was taken in.'],
    ['items', 'No file to be seen.'],
    ['orders', 'Nobody was asked yet.'],
    ['packages', 'No package was drafted yet.'],
  ])('%s of a case that has none says what would bring some', async (screen, told) => {
    const page = await open(`/desk/investigator/cases/OPP-26-1/${screen}`);
    await page.getByText(told).waitFor();
  });

  test('the node failing is told, and a button asks again', async () => {
    const page = await open('/desk/investigator/cases');
    await page.getByText('OPP-26-1').first().waitFor();
    const fails = '**/investigator/cases/OPP-26-1/archives/counts';
    await page.route(fails, (route) => route.fulfill({ status: 500, json: { code: 'internal' } }));
    await page.getByRole('link', { name: 'OPP-26-1' }).click();
    await page.getByRole('link', { name: 'Archives', exact: true }).click();
    await page.getByText('The node had a fault.').waitFor();
    await page.unroute(fails);
    await page.getByRole('button', { name: 'Try again' }).first().click();
    await page.getByText('No archive was examined yet.').waitFor();
  });

  test.each(['en', 'es', 'pt-BR'] as const)(
    'axe finds nothing on any of its screens in %s',
    async (language) => {
      const theme = language === 'en' ? 'light' : 'dark';
      const page = await open('/desk/investigator/cases', { language, theme });
      const { faults, commands } = await walkCase(page, ground.node, { caseRef, person: officer });
      expect(faults).toEqual([]);
      expect(commands.length).toBeGreaterThan(2);
      if (language === 'en') expect(await unknownCommands(commands)).toEqual([]);
    },
    120_000,
  );
});
