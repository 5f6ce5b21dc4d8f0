import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { axeFindings } from './axe.js';
import { chromiumPath, withoutBrowser } from './chromium.js';
import { fileReports, inventedAuthorities } from './clearinghouse-reports.js';
import { type Ground, openGround } from './ground.js';
import { press, tabTo } from './keyboard.js';

const executable = await chromiumPath();

describe.skipIf(executable === undefined)(`the clearinghouse’s screens${executable ? '' : withoutBrowser}`, () => {
  let ground: Ground;
  let urgent: string;
  let ordinary: string;
  beforeAll(async () => {
    ground = await openGround(executable as string);
    await ground.run('authority-registry', 'import', inventedAuthorities);
    const password = await ground.run('reporter', 'issue', 'example-chat', '--organisation', 'Example Chat');
    const numbers = await fileReports(ground.node, password);
    [ordinary = '', urgent = ''] = numbers;
  }, 300_000);
  afterAll(() => ground?.close());
  afterEach(() => expect(ground.faults()).toEqual([]));

  const queue = async (search = '', options = {}): Promise<Page> => {
    const page = await ground.open(`/desk/clearinghouse/triage${search}`, options);
    await page.getByRole('grid').or(page.getByText('Nothing is in this view.')).first().waitFor();
    return page;
  };

  test('the queue says in words which report is to be handled first, and why', async () => {
    const page = await queue();
    const first = page.getByRole('region', { name: /Handle first/ });
    await first.waitFor();
    const words = await first.innerText();
    expect(words).toContain(`Report ${urgent}`);
    expect(words).toContain('a child may be in danger at this moment');
    expect(words).toContain('The reporter says why it cannot wait (+40)');
    expect(words).toContain('A child is named (+35)');
    const rows = await page.getByRole('row').allInnerTexts();
    expect(rows[1]).toContain(urgent);
    expect(rows.some((row) => row.includes('4 × The same'))).toBe(true);
  });

  test('a filter stands in the address, and a view without anything says what would fill it', async () => {
    const page = await queue('?lane=diverted&state=decided');
    expect(await page.textContent('main')).toContain('as soon as services file them');
    const shared = await queue('?lane=crisis');
    await shared.getByText('Rows 1 to 2 of 2').waitFor();
  });

  test('the first one is opened, taken on and labelled by keyboard alone, and its history says who and why', async () => {
    const page = await queue();
    await page.getByRole('region', { name: /Handle first/ }).waitFor();
    await press(page, 'f');
    // What is handled first says the same of itself on the queue.
    await page.waitForURL(/reports\//);
    await page.getByRole('heading', { name: `Report ${urgent}`, level: 1 }).waitFor();
    await page.getByText('Nobody is at work on it.').waitFor();
    await press(page, 'w');
    await page.getByText('analyst-1 is at work on it.').waitFor();
    await press(page, 'r');
    await page.getByRole('alertdialog').waitFor();
    await page.keyboard.type('the school was warned');
    await press(page, 'Enter');
    await tabTo(page, 'Label as referral');
    await press(page, 'Enter');
    await page.locator('.history', { hasText: 'the school was warned' }).waitFor();
    expect(await page.locator('.history').innerText()).toContain('Labelled by a person');
  });

  test('a file that its reporter did not view stays closed until a basis is on record', async () => {
    const page = await ground.open(`/desk/clearinghouse/reports/${Number(urgent) + 1}`);
    await page.getByText('May not be opened').waitFor();
    expect(await page.locator('.picture').count()).toBe(0);
    await page.getByRole('button', { name: 'Put a legal basis on record' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Number of the order').fill('2026-17');
    await dialog.getByLabel('What it says').fill('search of the account');
    await dialog.getByRole('button', { name: 'Put a legal basis on record' }).click();
    await page.getByText('May be looked at').waitFor();
    await page.getByAltText(/Reduced picture/).waitFor();
  });

  test('the first row of the referrals is the one to handle first, and says why; another order stands in the address', async () => {
    const page = await ground.open('/desk/clearinghouse/referrals');
    const rows = page.getByRole('grid', { name: 'Referrals' }).getByRole('row');
    await rows.nth(1).getByText(urgent).waitFor();
    const first = await rows.nth(1).innerText();
    expect(first).toContain('Cannot wait');
    expect(first).toContain('The reporter says why it cannot wait · A live stream · A child is named');
    const lanes = (await rows.allInnerTexts()).slice(1).map((row) => row.includes('Cannot wait'));
    expect(lanes).toEqual(lanes.toSorted((one, other) => Number(other) - Number(one)));
    expect(await page.getByRole('region', { name: /Handle first/ }).count()).toBe(0);
    await page.getByRole('button', { name: /Order$/ }).click();
    await page.getByRole('option', { name: 'Newest first' }).click();
    await page.waitForURL(/order=newest/);
    await page.getByRole('columnheader', { name: 'Made' }).waitFor();
    const shared = await ground.open('/desk/clearinghouse/referrals?order=newest');
    await shared.getByRole('columnheader', { name: 'Made' }).waitFor();
    const newest = await shared.getByRole('row').nth(1).innerText();
    expect(newest).not.toContain(urgent);
  });

  test('a referral shows the very document that its authority gets, and is recalled with a reason', async () => {
    const page = await ground.open('/desk/clearinghouse/referrals?country=US');
    await page.getByRole('grid').getByText(ordinary).click();
    await page.getByText('"reportNumbers"').waitFor();
    await page.getByRole('button', { name: 'Recall' }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByLabel('Reason').fill('another person');
    await dialog.getByRole('button', { name: 'Recall' }).click();
    await page.locator('.badge', { hasText: 'recalled' }).waitFor();
  });

  test('a queue that the node cannot tell says so and is asked again', async () => {
    const page = await ground.open('/');
    await page.route('**/clearinghouse/triage?*', (route) =>
      route.fulfill({ status: 500, contentType: 'application/problem+json', body: '{"status":500,"code":"internal"}' }),
    );
    await page.getByRole('link', { name: 'Triage' }).first().click();
    await page.getByText('The node had a fault.').first().waitFor();
    await page.unroute('**/clearinghouse/triage?*');
    await page.getByRole('button', { name: 'Try again' }).first().click();
    await page.getByRole('grid').waitFor();
  });

  test.each(['en', 'es', 'pt-BR'] as const)('axe finds nothing in %s', async (language) => {
    const places = ['triage', `reports/${urgent}`, 'referrals', 'authorities', 'requests', 'lists', 'statistics'];
    for (const [nth, place] of places.entries()) {
      const theme = nth % 2 === 0 ? 'light' : 'dark';
      const page = await ground.open(`/desk/clearinghouse/${place}`, { language, theme });
      await page.locator('h1').waitFor();
      await page.waitForFunction(() => document.querySelector('.loading') === null);
      expect([place, await axeFindings(page)]).toEqual([place, []]);
      await page.context().close();
    }
  });
});
