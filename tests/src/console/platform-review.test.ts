import type { FilingsWindowBody, StackBody, StacksWindowBody } from '@tutela/platform-desk/api';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { axeFindings } from './axe.js';
import { chromiumPath, withoutBrowser } from './chromium.js';
import { type Ground, openGround } from './ground.js';
import { press, tabTo } from './keyboard.js';
import { uploadKnownPictures } from './known-pictures.js';
import { digestsOf } from './watch-page.js';

const executable = await chromiumPath();

describe.skipIf(executable === undefined)(`the platform's review${executable ? '' : withoutBrowser}`, () => {
  let ground: Ground;
  let originals: ReadonlySet<string>;
  beforeAll(async () => {
    ground = await openGround(executable as string);
    originals = await uploadKnownPictures(ground, 6);
  });
  afterAll(() => ground?.close());
  afterEach(() => expect(ground.faults()).toEqual([]));

  const ask = async <Body>(address: string) => (await (await ground.node.ask(address)).json()) as Body;
  const stackOf = (page: Page) => new URL(page.url()).pathname.split('/').at(-1) ?? '';
  const stateOf = (stack: string) => ask<StackBody>(`/platform/stacks/${stack}`);
  const waiting = async () => (await ask<StacksWindowBody>('/platform/stacks/window?state=waiting')).rows;
  const openFirst = async (): Promise<Page> => {
    const page = await ground.open('/desk/platform/stacks');
    await page.getByRole('grid').focus();
    await press(page, 'Home', 'Enter');
    await page.getByRole('heading', { name: 'What is known' }).waitFor();
    return page;
  };
  const answer = async (page: Page, reason: string, button: string) => {
    await page.getByRole('alertdialog').waitFor();
    await page.keyboard.type(reason);
    await tabTo(page, button);
    await press(page, 'Enter');
    await page.getByRole('alertdialog').waitFor({ state: 'detached' });
  };

  test('a stack is decided by keyboard alone, and the decision is taken back', async () => {
    const page = await openFirst();
    const stack = stackOf(page);
    await page.getByRole('button', { name: 'Confirm' }).waitFor();
    await press(page, '1');
    await page.getByRole('alertdialog').waitFor();
    // A key alone, or Enter in the reason, decides nothing.
    await press(page, 'Enter');
    expect(await stateOf(stack)).toMatchObject({ waiting: 1 });
    await answer(page, 'as listed', 'Confirm');
    await page.locator('.history', { hasText: 'as listed' }).waitFor();
    expect(await stateOf(stack)).toMatchObject({ confirmed: 1, waiting: 0 });
    await press(page, 'u');
    await answer(page, 'too quick', 'Take back');
    await page.locator('.history', { hasText: 'too quick' }).waitFor();
    expect(await page.textContent('.history')).toContain('as listed');
    expect(await stateOf(stack)).toMatchObject({ waiting: 1 });
  });

  test('an original is shown while Space is held, counted, and hidden again; its bytes never leave the node', async () => {
    const page = await openFirst();
    const digests = digestsOf(page);
    await page.getByRole('img', { name: /^Reduced picture/ }).waitFor();
    await page.keyboard.down('Space');
    await page.getByRole('img', { name: /^Original/ }).waitFor();
    await page.getByText(/^.*Closes in/).waitFor();
    const ended = page.waitForResponse((response) => response.url().endsWith('/end'));
    await page.keyboard.up('Space');
    expect((await ended).status()).toBe(200);
    await page.getByRole('img', { name: /^Reduced picture/ }).waitFor();
    await page.locator('.history', { hasText: 'looked at' }).waitFor();
    await page.locator('.picture-foot').getByText('1 look,').waitFor();
    expect([...digests].filter((digest) => originals.has(digest))).toEqual([]);
  });

  test('the keys j and k go through the queue, s leaves a stack to others without a reason', async () => {
    const page = await openFirst();
    const first = stackOf(page);
    await page.locator('.actions button:not([data-disabled])', { hasText: 'Next' }).waitFor();
    await press(page, 'j');
    await expect.poll(() => stackOf(page)).not.toBe(first);
    const second = stackOf(page);
    await page.locator('.actions button:not([data-disabled])', { hasText: 'Previous' }).waitFor();
    await press(page, 'k');
    await expect.poll(() => stackOf(page)).toBe(first);
    await page.getByRole('button', { name: 'Skip' }).waitFor();
    await press(page, 's');
    await expect.poll(() => stackOf(page)).toBe(second);
    const mine = await fetch(`${ground.node.origin}/platform/stacks/window?state=waiting`, {
      headers: { authorization: `Bearer ${ground.node.key}`, 'tutela-actor': 'analyst-1' },
    });
    expect(((await mine.json()) as StacksWindowBody).rows.map(({ stackId }) => stackId)).not.toContain(first);
    expect((await waiting()).map(({ stackId }) => stackId)).toContain(first);
  });

  test('what will be reported is shown letter by letter with what is missing, and its receipt after it went', async () => {
    for (const { stackId, top } of await waiting()) {
      const match = await ask<{ readonly account: string }>(`/platform/matches/${top}`);
      if (match.account !== 'account-1') continue;
      const headers = {
        authorization: `Bearer ${ground.node.key}`,
        'tutela-actor': 'analyst-1',
        'content-type': 'application/json',
      };
      const draft = await ground.open('/desk/platform/draft?account=account-1');
      await draft.getByText(/It waits for|is confirmed and unreported/).waitFor();
      const body = JSON.stringify({ decision: 'confirmed', reason: 'as listed' });
      await fetch(`${ground.node.origin}/platform/stacks/${stackId}/decision`, { method: 'POST', headers, body });
    }
    await expect
      .poll(async () => (await ask<FilingsWindowBody>('/platform/filings/window?show=finished')).total, {
        timeout: 30_000,
      })
      .toBe(1);
    const page = await ground.open('/desk/platform/reports');
    await page.getByRole('grid').focus();
    await press(page, 'Home', 'Enter');
    await page.getByRole('heading', { name: 'Receipt' }).waitFor();
    expect(await page.textContent('main')).toContain('account-1');
    await page.getByText('How complete it is').waitFor();
    await page.getByText('Letter by letter').first().click();
    expect(await page.locator('.letters').first().textContent()).toContain('<espIdentifier>account-1</espIdentifier>');
  });

  test('settings are kept at once and what was opted out of is not shown', async () => {
    const page = await ground.open('/desk/me', { person: 'analyst-2' });
    await page.getByRole('button', { name: /On a list/ }).click();
    await page.getByRole('option', { name: 'Not shown to me' }).click();
    await page.getByRole('button', { name: /Not shown to me.*On a list/ }).waitFor();
    const [stack] = (await ask<StacksWindowBody>('/platform/stacks/window?state=all')).rows;
    const other = await ground.open(`/desk/platform/stacks/${stack?.stackId}`, { person: 'analyst-2' });
    await other.getByText('You chose not to be shown this kind of file.').waitFor();
  });

  test('somebody to talk to is one key away', async () => {
    const page = await ground.open('/desk/platform');
    await page.getByRole('heading', { name: 'How it stands' }).waitFor();
    await press(page, 't');
    await page.getByRole('dialog').getByText('recorded nowhere').waitFor();
  });

  test('an empty queue says what would fill it', async () => {
    const page = await ground.open('/desk/platform/stacks?account=nobody-at-all');
    await page.getByText('Nothing is in this state.').waitFor();
    const reports = await ground.open('/desk/platform/reports?show=refused');
    await reports.getByText('No report is in this state.').waitFor();
  });

  test.each([
    ['/desk/platform', '/platform/overview'],
    ['/desk/platform/stacks', '/platform/stacks/window'],
    ['/desk/platform/reports', '/platform/filings/window'],
    ['/desk/platform/lists', '/platform/lists'],
    ['/desk/platform/draft?account=account-1', '/platform/draft'],
  ])('%s tells a fault of the node, and asks again', async (address, route) => {
    const page = await ground.open('/');
    const problem = { type: 'about:blank', status: 500, code: 'internal', instance: 'urn:uuid:1' };
    const asked = (url: URL) => url.pathname === route;
    await page.route(asked, (one) =>
      one.fulfill({ status: 500, contentType: 'application/problem+json', body: JSON.stringify(problem) }),
    );
    await page.goto(`${ground.node.origin}${address}`);
    await page.getByText('The node had a fault.').first().waitFor();
    await page.unroute(asked);
    await page.getByRole('button', { name: 'Try again' }).first().click();
    await page.getByText('The node had a fault.').first().waitFor({ state: 'detached' });
    await page.context().close();
  });

  test.each(['en', 'es', 'pt-BR'] as const)(
    'axe finds nothing in %s',
    async (language) => {
      const stacks = (await ask<StacksWindowBody>('/platform/stacks/window?state=all')).rows;
      const reports = (await ask<FilingsWindowBody>('/platform/filings/window')).rows;
      const screens = [
        ['/desk/platform', '.facts'],
        ['/desk/platform/stacks?state=all', '[data-row]'],
        [`/desk/platform/stacks/${stacks[0]?.stackId}`, '.picture img'],
        ['/desk/platform/draft?account=account-0', '.facts'],
        ['/desk/platform/reports', '[data-row]'],
        [`/desk/platform/reports/${reports[0]?.id}`, '.complete'],
        ['/desk/platform/lists', '.facts'],
        ['/desk/me', '.facts'],
      ] as const;
      const theme = language === 'es' ? 'dark' : 'light';
      const page = await ground.open('/', { language, theme });
      for (const [address, ready] of screens) {
        await page.goto(`${ground.node.origin}${address}`);
        await page.locator(ready).first().waitFor();
        expect([address, await axeFindings(page)]).toEqual([address, []]);
      }
    },
    90_000,
  );
});
