import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, withoutBrowser } from './chromium.js';
import { type Ground, openGround } from './ground.js';
import { press } from './keyboard.js';
import { uploadKnownPictures } from './known-pictures.js';
import { fillWithMatches } from './many-matches.js';

const executable = await chromiumPath();
/** More than a window holds, so that the last row is not read with the first ones. */
const rows = 300;

describe.skipIf(executable === undefined)(`a row that is not read yet${executable ? '' : withoutBrowser}`, () => {
  let ground: Ground;
  beforeAll(async () => {
    ground = await openGround(executable as string);
    await uploadKnownPictures(ground, 1);
    await fillWithMatches(ground.data, rows);
  });
  afterAll(() => ground?.close());
  afterEach(() => expect(ground.faults()).toEqual([]));

  /** The queue, with everything after its first window held back until `answer` is called. */
  const slowQueue = async () => {
    const page = await ground.open('/desk/platform/matches?state=all');
    await page.getByText('copy-299', { exact: true }).waitFor();
    let answer = (): void => {};
    const allowed = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route(/\/platform\/matches\/window\?.*rank=200/, async (route) => {
      await allowed;
      await route.continue();
    });
    await page.getByRole('grid').focus();
    return { page, answer };
  };
  const told = (page: Page) => page.locator('.queue-foot [role=status]').textContent();
  const lastRead = (page: Page) => page.locator('.queue-active').getByText('copy-1', { exact: true }).waitFor();
  const isHere = (page: Page) => new URL(page.url()).pathname === '/desk/platform/matches';

  test('is opened by Enter as soon as it comes, and said to be until then', async () => {
    const { page, answer } = await slowQueue();
    await press(page, 'End', 'Enter');
    await expect.poll(() => told(page)).toContain('Row 300 opens as soon as it is read.');
    expect(isHere(page)).toBe(true);
    answer();
    await page.getByRole('heading', { name: 'The file' }).waitFor();
    expect(await page.textContent('.facts')).toContain('copy-1');
  });

  test('is opened by a click too', async () => {
    const { page, answer } = await slowQueue();
    await press(page, 'End');
    await page.locator('[aria-rowindex="300"]').click();
    await expect.poll(() => told(page)).toContain('Row 299 ');
    answer();
    await page.getByRole('heading', { name: 'The file' }).waitFor();
    expect(await page.textContent('.facts')).toContain('copy-2');
  });

  test.each(['ArrowUp', 'Escape', 'Tab', 'Shift+Tab'])('stays closed after %s', async (key) => {
    const { page, answer } = await slowQueue();
    await press(page, 'End', 'Enter');
    await expect.poll(() => told(page)).toContain('Row 300 ');
    await press(page, key);
    await expect.poll(() => told(page)).toBe('');
    answer();
    if (key === 'ArrowUp') await press(page, 'ArrowDown');
    await lastRead(page);
    expect(isHere(page)).toBe(true);
  });
});
