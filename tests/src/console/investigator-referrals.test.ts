import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { tutela } from '../e2e/tutela-process.js';
import { axeFindings } from './axe.js';
import { chromiumPath, withoutBrowser } from './chromium.js';
import { demonstrationDone } from './demonstration.js';
import { type Ground, type OpenOptions, openGround } from './ground.js';
import { press, tabTo } from './keyboard.js';

const executable = await chromiumPath();
const feed = 'us-demo-police';
const received = '/desk/investigator/referrals';

interface Referred {
  readonly rows: readonly {
    readonly reportId: string;
    readonly reportNumber: string;
    readonly cases: readonly string[];
  }[];
}

describe.skipIf(executable === undefined)(`from a referral to observations${executable ? '' : withoutBrowser}`, () => {
  let ground: Ground;
  beforeAll(async () => {
    ground = await openGround(executable as string, ['--demo']);
    await demonstrationDone(ground.data);
  }, 300_000);
  afterAll(() => ground?.close());
  afterEach(() => expect(ground.faults()).toEqual([]));
  const open = (address: string, options: OpenOptions = {}): Promise<Page> =>
    ground.open(address, { person: 'demo-investigator', ...options });
  const ask = async <Body>(where: string) => (await (await ground.node.ask(where)).json()) as Body;
  const referred = (query: string) => ask<Referred>(`/investigator/referrals?limit=500&${query}`);
  const waiting = async () => {
    const [first] = (await referred('state=waiting')).rows;
    if (first === undefined) throw new Error('nothing waits');
    return first;
  };

  test('what a feed has is fetched by keyboard alone, and stands in the list', async () => {
    const before = (await referred('')).rows.length;
    const page = await open(received);
    await page.getByRole('cell', { name: feed }).first().waitFor();
    await tabTo(page, `Fetch now from ${feed}`);
    await press(page, 'Enter');
    await page.getByText(new RegExp(`(Nothing new at|new reports? from) ${feed}`)).waitFor();
    const after = (await referred('')).rows;
    expect(after.length).toBeGreaterThanOrEqual(before);
    await page
      .getByRole('grid')
      .getByText((await waiting()).reportNumber)
      .first()
      .waitFor();
  });

  test('a clearinghouse that does not answer is told as such, and a button asks again', async () => {
    const page = await open(received);
    const fails = '**/investigator/referrals/pull';
    const body = {
      type: 'about:blank',
      title: 'Conflict',
      status: 409,
      code: 'feed-unreachable',
      detail: 'status-401',
    };
    await page.route(fails, (route) => route.fulfill({ status: 409, json: body }));
    await page.getByRole('button', { name: `Fetch now from ${feed}` }).click();
    await page.getByText('The clearinghouse does not answer.').waitFor();
    await page.unroute(fails);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText(`Nothing new at ${feed}`).waitFor();
  });

  test('a filter that leaves nothing says what would bring some', async () => {
    const page = await open(`${received}?show=withdrawn`);
    await page.getByText('No report is so.').waitFor();
  });

  test('a case is opened with a referred report, whose connection becomes one observation, by keyboard alone', async () => {
    const { rows } = await referred('');
    const own = await ask<{ readonly reports: readonly { readonly reportId: string }[] }>('/investigator/cases/DEMO-1');
    const report = rows.find(({ reportId }) => reportId === own.reports[0]?.reportId);
    const page = await open(`${received}/${report?.reportId}`);
    await page.getByRole('heading', { name: `Report ${report?.reportNumber}` }).waitFor();
    await page.getByText('198.51.100.23').first().waitFor();
    await tabTo(page, 'Open a case with it');
    await press(page, 'Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.type('REF-1');
    await press(page, 'Tab');
    await page.keyboard.type('From a referral');
    await tabTo(page, 'Open a case');
    await press(page, 'Enter');
    await page.getByRole('heading', { name: 'From a referral', level: 1 }).waitFor();
    await tabTo(page, `Take over addresses of report ${report?.reportNumber}`);
    await press(page, 'Enter');
    await page.getByText('not public: private, reserved or kept for documentation').first().waitFor();
    await tabTo(page, 'not known: ports are left out');
    await press(page, 'Enter');
    await page.getByRole('option', { name: 'TCP' }).waitFor();
    await press(page, 'ArrowDown', 'Enter');
    await tabTo(page, 'Clock error in seconds');
    await page.keyboard.type('2');
    await tabTo(page, 'do not count');
    await press(page, 'Enter');
    await page.getByRole('option', { name: 'count: a demonstration' }).waitFor();
    await press(page, 'End', 'Enter');
    await page.getByText('1 observation, 1 stated again, none refused.').first().waitFor();
    await tabTo(page, 'Take over as observations');
    await press(page, 'Enter');
    await page.getByRole('alertdialog').waitFor();
    await tabTo(page, 'Take over as observations');
    await press(page, 'Enter');
    await page.getByText('Taken over by demo-investigator').waitFor();
    const { rows: observed } = await ask<{ readonly rows: readonly { readonly grade: string }[] }>(
      '/investigator/cases/REF-1/observations',
    );
    expect(observed).toMatchObject([{ ip: '198.51.100.23', port: 51_344, grade: 'good' }]);
    await page.getByRole('link', { name: 'Go to the observations' }).click();
    await page.getByRole('heading', { name: 'Observations' }).waitFor();
  });

  test('a referred report is linked to a case that is open', async () => {
    const { reportId, reportNumber } = await waiting();
    const page = await open(`${received}/${reportId}`);
    await page.getByRole('button', { name: 'Link to a case' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: /Open case/ }).click();
    await page.getByRole('option', { name: 'REF-1 · From a referral' }).click();
    await dialog.getByRole('button', { name: 'Link to a case' }).click();
    await page.getByRole('heading', { name: 'From a referral', level: 1 }).waitFor();
    await page.getByRole('link', { name: reportNumber, exact: true }).waitFor();
    expect((await referred(`report=${reportId}`)).rows[0]?.cases).toEqual(['REF-1']);
  });

  test('when a feed is fetched next is told, and what to do about one that does not answer', async () => {
    const file = path.join(ground.data, 'silent.json');
    const address = { baseUrl: 'http://127.0.0.1:1', authority: 'nobodys', credential: '0123456789abcdef' };
    await writeFile(file, JSON.stringify(address), { mode: 0o600 });
    const kept = ['--from', file, '--every', '2h', '--data', path.join(ground.data, 'demo')];
    expect((await tutela(['referral', 'add-feed', 'silent', ...kept])).code).toBe(0);
    const page = await open(received);
    await page
      .getByRole('row', { name: /silent/ })
      .getByText('every 2 hours')
      .waitFor();
    await page
      .getByRole('row', { name: new RegExp(feed) })
      .first()
      .getByText('every 15 minutes')
      .waitFor();
    await page.getByText('silent: The clearinghouse does not answer.').waitFor({ timeout: 90_000 });
    await page.getByText(/Failed (once|\d times in a row)/).waitFor();
    expect(await page.content()).not.toContain(address.credential);
  }, 120_000);

  test.each(['en', 'es', 'pt-BR'] as const)('axe finds nothing on its screens in %s', async (language) => {
    const page = await open(received, { language, theme: language === 'es' ? 'dark' : 'light' });
    const { reportId } = (await referred('')).rows[0] ?? { reportId: '' };
    const case1 = `/desk/investigator/cases/REF-1/reports/${reportId}/addresses`;
    for (const where of [received, `${received}?show=all`, `${received}/${reportId}`, case1]) {
      await page.goto(`${ground.node.origin}${where}`);
      await page.locator('main h1').waitFor();
      await page.waitForFunction(() => document.querySelector('main .loading') === null);
      expect([where, await axeFindings(page)]).toEqual([where, []]);
    }
  });
});

describe.skipIf(executable === undefined)(`a desk without feeds${executable ? '' : withoutBrowser}`, () => {
  let ground: Ground;
  beforeAll(async () => {
    ground = await openGround(executable as string);
  }, 120_000);
  afterAll(() => ground?.close());

  test('says how one is set up, and that nothing was referred', async () => {
    const page = await ground.open(received);
    await page.getByText('No feed is configured.').waitFor();
    await page.getByText('tutela referral add-feed').waitFor();
    await page.getByText('No report is so.').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    expect(ground.faults()).toEqual([]);
  });
});
