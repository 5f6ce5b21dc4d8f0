import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, withoutBrowser } from './chromium.js';
import { demonstrationDone } from './demonstration.js';
import { type Ground, type OpenOptions, openGround } from './ground.js';
import { press, tabTo } from './keyboard.js';
import { walkCase } from './walk-case.js';

const executable = await chromiumPath();
const caseRef = 'DEMO-1';
const at = `/desk/investigator/cases/${caseRef}`;

describe.skipIf(executable === undefined)(`the demonstration’s case${executable ? '' : withoutBrowser}`, () => {
  let ground: Ground;
  beforeAll(async () => {
    ground = await openGround(executable as string, ['--demo']);
    await demonstrationDone(ground.data);
  }, 300_000);
  afterAll(() => ground?.close());
  afterEach(() => expect(ground.faults()).toEqual([]));
  const open = (address: string, options: OpenOptions = {}): Promise<Page> =>
    ground.open(address, { person: 'demo-investigator', ...options });

  test('an order that was answered says whom the answer names', async () => {
    const page = await open(`${at}/orders`);
    await page.getByRole('link', { name: 'demo-provider' }).first().click();
    await page.getByText('exactly one customer').first().waitFor();
  });

  test('the package is verified by keyboard alone', async () => {
    const page = await open(`${at}/packages`);
    await page.getByRole('link', { name: `${caseRef}-package` }).focus();
    await press(page, 'Enter');
    await page.getByRole('heading', { name: `Package ${caseRef}-package` }).waitFor();
    await page.getByRole('button', { name: 'Verify now' }).waitFor();
    await tabTo(page, 'Verify now');
    await press(page, 'Enter');
    await page
      .getByText(/nothing is at fault|consistent/i)
      .first()
      .waitFor();
  });

  test('a package is put up for approval by keyboard alone, and whom it is encrypted to has to be said', async () => {
    const page = await open(`${at}/packages`);
    await page.getByRole('heading', { name: 'Completeness' }).waitFor();
    await press(page, 'n');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await page.keyboard.type('for-the-court');
    await press(page, 'Tab');
    await page.keyboard.type('the prosecutor asked');
    const act = dialog.getByRole('button', { name: 'Put up for approval' });
    expect(await act.isEnabled()).toBe(false);
    await press(page, 'Tab', 'Enter');
    await page.getByRole('option', { name: /^nobody/ }).waitFor();
    await press(page, 'End', 'Enter');
    await dialog.getByRole('button', { name: /nobody/ }).waitFor();
    await tabTo(page, 'Put up for approval');
    await press(page, 'Enter');
    await page.getByRole('heading', { name: 'Package for-the-court' }).waitFor();
    const drafted = await ground.node.ask(`/investigator/packages/for-the-court`);
    expect(await drafted.json()).toMatchObject({ caseRef, draftedBy: 'demo-investigator' });
  });

  test.each(['en', 'es', 'pt-BR'] as const)(
    'axe finds nothing on any of its screens in %s',
    async (language) => {
      const theme = language === 'en' ? 'light' : 'dark';
      const page = await open('/desk/investigator/cases', { language, theme });
      const { faults } = await walkCase(page, ground.node, caseRef);
      expect(faults).toEqual([]);
    },
    120_000,
  );
});
