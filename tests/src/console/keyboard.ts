import type { Page } from 'playwright-core';

/** Presses keys one after the other, as Playwright names them: `g`, `Enter`, `Control+k`. */
export const press = async (page: Page, ...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};

/**
 * Goes on with Tab until what has the focus bears a name, by its label or its text.
 * @throws Error after 80 steps
 */
export const tabTo = async (page: Page, name: string): Promise<void> => {
  for (let steps = 0; steps < 80; steps++) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const at = document.activeElement;
      if (!(at instanceof HTMLElement) || at === document.body) return '';
      const label = at.getAttribute('aria-label') ?? (at as HTMLInputElement).labels?.[0]?.textContent;
      return label ?? at.innerText;
    });
    if (focused.includes(name)) return;
  }
  throw new Error(`Tab never comes to ${JSON.stringify(name)}`);
};
