import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { axeFindings } from './axe.js';
import { chromiumPath, withoutBrowser } from './chromium.js';
import { type Ground, openGround } from './ground.js';
import { press, tabTo } from './keyboard.js';
import { uploadKnownPictures } from './known-pictures.js';
import { digestsOf } from './watch-page.js';

const executable = await chromiumPath();
const uploads = 6;

describe.skipIf(executable === undefined)(`the platform's matches${executable ? '' : withoutBrowser}`, () => {
  let ground: Ground;
  let originals: ReadonlySet<string>;
  beforeAll(async () => {
    ground = await openGround(executable as string);
    originals = await uploadKnownPictures(ground, uploads);
  });
  afterAll(() => ground?.close());
  afterEach(() => expect(ground.faults()).toEqual([]));

  const queue = async (state: string, options = {}): Promise<Page> => {
    const page = await ground.open(`/desk/platform/matches?state=${state}`, options);
    await page.getByRole('grid').or(page.getByText('No match is in this state.')).first().waitFor();
    return page;
  };
  const stateOf = async (match: string) => {
    const answer = await ground.node.ask(`/platform/matches/${match}`);
    return ((await answer.json()) as { readonly state: string }).state;
  };

  test('the queue tells each match, how many there are, and leads to one', async () => {
    const page = await queue('all');
    await page.getByText(`Rows 1 to ${uploads} of ${uploads}`).waitFor();
    await page.getByText('picture-2.png').click();
    await page.getByRole('heading', { name: 'The file' }).waitFor();
    expect(await page.textContent('.facts')).toContain('account-2');
    expect(await page.textContent('.history')).toContain('Found');
  });

  test('a match is dismissed by keyboard alone, with a reason, and the history says who and why', async () => {
    const page = await queue('waiting');
    const digests = digestsOf(page);
    await page.getByRole('grid').focus();
    await press(page, 'End', 'Enter');
    await page.getByRole('button', { name: 'Dismiss' }).waitFor();
    const match = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    await press(page, 'd');
    await page.getByRole('alertdialog').waitFor();
    await page.keyboard.type('a drawing of a house');
    // Enter in the reason is a new line; nothing is decided by it.
    await press(page, 'Enter');
    expect(await stateOf(match)).toBe('waiting');
    await tabTo(page, 'Dismiss');
    await press(page, 'Enter');
    await page.locator('.history', { hasText: 'Dismissed' }).waitFor();
    expect(await page.textContent('.history')).toContain('a drawing of a house');
    expect(await page.textContent('.history')).toContain('analyst-1');
    expect(await stateOf(match)).toBe('dismissed');
    expect([...digests].filter((digest) => originals.has(digest))).toEqual([]);
  });

  test('what the node refuses is told with a remedy, and what was typed stays', async () => {
    const page = await queue('waiting', { person: 'nobody' });
    await page.getByRole('button', { name: 'Only look around' }).click();
    await page.getByRole('grid').focus();
    await press(page, 'Home', 'Enter', 'c');
    await page.getByRole('button', { name: 'Confirm' }).first().waitFor();
    await press(page, 'c');
    const dialog = page.getByRole('alertdialog');
    await dialog.getByLabel('Reason').fill('as listed');
    await dialog.getByRole('button', { name: 'Confirm' }).click();
    await dialog.getByText('Nobody has said who acts.').waitFor();
    expect(await dialog.getByLabel('Reason').inputValue()).toBe('as listed');
  });

  test('a state without matches says what would bring some', async () => {
    const page = await queue('confirmed');
    expect(await page.textContent('main')).toContain('Choose another state');
  });

  test('a node that fails is told with its number, and asked again by a button', async () => {
    const page = await ground.open('/');
    const problem = { type: 'about:blank', status: 500, code: 'internal', instance: 'urn:uuid:1' };
    await page.route('**/platform/matches/window?*', (route) =>
      route.fulfill({ status: 500, contentType: 'application/problem+json', body: JSON.stringify(problem) }),
    );
    await page.getByRole('link', { name: 'Matches' }).first().click();
    await page.getByText('The node had a fault.').waitFor();
    expect(await page.textContent('[role=alert]')).toContain('urn:uuid:1');
    await page.unroute('**/platform/matches/window?*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('grid').waitFor();
  });

  test.each(['en', 'es', 'pt-BR'] as const)('axe finds nothing in %s, light and dark', async (language) => {
    for (const theme of ['light', 'dark'] as const) {
      const page = await ground.open('/desk/platform/matches?state=all', { language, theme });
      await page.getByText('picture-1.png').waitFor();
      expect(await axeFindings(page)).toEqual([]);
      await page.getByText('picture-1.png').click();
      await page.locator('.history').waitFor();
      expect(await axeFindings(page)).toEqual([]);
      await press(page, '?');
      await page.getByRole('dialog').waitFor();
      expect(await axeFindings(page)).toEqual([]);
      await page.context().close();
    }
  });
});
