import type { Page } from 'playwright-core';

/**
 * Goes to an address as a link does, without loading the page anew, and waits until all of it is there. By way of an
 * address without a screen, so that what was asked for is not taken for what was shown before.
 */
export const visit = async (page: Page, address: string): Promise<void> => {
  await change(page, '/desk/nowhere');
  await change(page, address);
  await page.waitForFunction(() => document.querySelector('main .loading') === null);
};

const change = async (page: Page, address: string): Promise<void> => {
  await page.evaluate((to) => {
    document.querySelector('main h1')?.setAttribute('data-left', '');
    history.pushState(null, '', to);
  }, address);
  await page.locator('main h1:not([data-left])').waitFor();
};
