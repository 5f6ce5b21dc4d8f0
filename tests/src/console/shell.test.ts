import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { axeFindings } from './axe.js';
import { chromiumPath, withoutBrowser } from './chromium.js';
import { type Ground, openGround } from './ground.js';
import { press, tabTo } from './keyboard.js';
import { uploadKnownPictures } from './known-pictures.js';

const executable = await chromiumPath();

describe.skipIf(executable === undefined)(`around every screen${executable ? '' : withoutBrowser}`, () => {
  let ground: Ground;
  beforeAll(async () => {
    ground = await openGround(executable as string);
    await uploadKnownPictures(ground, 2);
  });
  afterAll(() => ground?.close());
  afterEach(() => expect(ground.faults()).toEqual([]));

  test('without the key the page says where it comes from, and shows nothing', async () => {
    const page = await ground.open('/desk/platform/matches', { key: 'none' });
    await page.getByText('This page needs the key of the node.').waitFor();
    expect(await page.getByRole('navigation').count()).toBe(0);
    expect(await axeFindings(page)).toEqual([]);
  });

  test('the key leaves the address and stays with the tab', async () => {
    const page = await ground.open('/');
    await page.getByRole('heading', { name: 'What happens here' }).waitFor();
    expect(page.url()).toBe(`${ground.node.origin}/`);
    await page.reload();
    await page.getByRole('heading', { name: 'What happens here' }).waitFor();
  });

  test('the overview tells each desk that is open, in numbers that follow the node', async () => {
    const page = await ground.open('/');
    await page.getByRole('region', { name: 'Platform' }).waitFor();
    for (const desk of ['Clearinghouse', 'Investigator', 'Provider', 'Oversight'])
      expect(await page.getByRole('region', { name: desk, exact: true }).count()).toBe(1);
    const waiting = page.getByRole('region', { name: 'Platform' }).locator('dd').first();
    expect(await waiting.textContent()).toBe('2');
    await ground.run('review', 'dismiss', await firstMatch(), '--reason', 'a drawing');
    await page.waitForFunction(() => document.querySelector('.facts dd')?.textContent === '1');
  });

  const firstMatch = async (): Promise<string> => {
    const answer = await ground.node.ask('/platform/matches/window?state=waiting');
    const { rows } = (await answer.json()) as { readonly rows: readonly { readonly id: string }[] };
    return rows[0]?.id ?? '';
  };

  test('who sits here is asked once, and a name that is no pseudonym is not taken', async () => {
    const page = await ground.open('/', { person: 'nobody' });
    await page.getByRole('dialog').waitFor();
    await page.keyboard.type('Mary Smith');
    await press(page, 'Enter');
    await page.getByText('Use small letters, digits, dots and dashes').waitFor();
    await page.getByLabel('Your pseudonym').fill('analyst-9');
    await press(page, 'Enter');
    await page.getByText('You are analyst-9').waitFor();
    await page.reload();
    await page.getByText('You are analyst-9').waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  test('by keyboard: the list of keys, a jump by a few letters, two keys in a row', async () => {
    const page = await ground.open('/');
    await page.getByRole('link', { name: 'Matches' }).first().waitFor();
    await press(page, '?');
    await page.getByRole('dialog').getByText('Ctrl k').waitFor();
    await press(page, 'Escape', 'Control+k');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.type('matc');
    await press(page, 'ArrowDown', 'Enter');
    await page.waitForURL('**/desk/platform/matches*');
    await press(page, 'g', 'o');
    await page.waitForURL(`${ground.node.origin}/`);
    await tabTo(page, 'Skip to the content');
  });

  test('keys without Ctrl can be turned off, for who speaks to the machine or hears it, and on again', async () => {
    const page = await ground.open('/');
    const choose = async (now: string, next: string) => {
      await page.getByRole('button', { name: 'Keys', exact: true }).press('Enter');
      await page.getByRole('dialog').getByRole('button', { name: now }).press('Enter');
      await page.getByRole('option', { name: next }).press('Enter');
      await press(page, 'Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    };
    await page.getByRole('heading', { name: 'What happens here' }).waitFor();
    await choose('work', 'are off');
    await press(page, '?', 't', 'g', 'm');
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(new URL(page.url()).pathname).toBe('/');
    await choose('are off', 'work');
    await press(page, 'g', 'm');
    await page.waitForURL('**/desk/platform/matches*');
  });

  test('the language changes at once and stays', async () => {
    const page = await ground.open('/');
    await page.getByRole('button', { name: /Language/ }).click();
    await page.getByRole('option', { name: 'Español' }).click();
    await page.getByRole('heading', { name: 'Qué pasa aquí' }).waitFor();
    expect(await page.getAttribute('html', 'lang')).toBe('es');
  });

  test('a lost connection is told and found again, and what was typed is untouched', async () => {
    const page = await ground.open('/');
    const status = await (await ground.node.ask('/status')).text();
    let state: 'first' | 'broken' | 'whole' = 'first';
    await page.route('**/status/stream', async (route) => {
      if (state === 'whole') return route.continue();
      if (state === 'broken') return route.abort();
      state = 'broken';
      // A stream that ends after its first word, as one does whose connection goes.
      return route.fulfill({ contentType: 'text/event-stream', body: `data: ${status}\n\n` });
    });
    await page.goto(`${ground.node.origin}/desk/platform/matches`);
    await page.getByRole('grid').focus();
    await press(page, 'Enter');
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.keyboard.type('half a sent');
    await page.getByText('Connection lost, trying again').waitFor();
    state = 'whole';
    await page.locator('.top-bar .badge', { hasText: 'Live' }).waitFor();
    await page.keyboard.type('ence');
    expect(await page.getByLabel('Reason').inputValue()).toBe('half a sentence');
  });

  test('an address without a screen says so', async () => {
    const page = await ground.open('/desk/nowhere');
    await page.getByText('There is no screen at this address.').waitFor();
  });

  test.each(['en', 'es', 'pt-BR'] as const)('axe finds nothing on the overview in %s', async (language) => {
    for (const theme of ['light', 'dark'] as const) {
      const page = await ground.open('/', { language, theme });
      await page.locator('.desks').waitFor();
      expect(await axeFindings(page)).toEqual([]);
    }
  });
});
