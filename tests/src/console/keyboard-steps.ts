import type { Page } from 'playwright-core';
import { press, tabTo } from './keyboard.js';
import { visit } from './visit.js';

/** What hands do at a keyboard, and what they then see. */
export type KeyboardStep =
  /** Tab until what has the focus bears that name. */
  | { readonly tab: string }
  | { readonly press: readonly string[] }
  | { readonly type: string }
  /** Text on the page. */
  | { readonly see: string | RegExp }
  /** What the address has become. */
  | { readonly at: RegExp }
  /** What has the focus, as after a dialog was closed. */
  | { readonly focused: string };

export const takeSteps = async (page: Page, steps: readonly KeyboardStep[]): Promise<void> => {
  for (const step of steps) {
    if ('tab' in step) await tabTo(page, step.tab);
    else if ('press' in step) await press(page, ...step.press);
    else if ('type' in step) await page.keyboard.type(step.type);
    else if ('see' in step) await page.getByText(step.see).filter({ visible: true }).first().waitFor();
    else if ('at' in step) await page.waitForURL(step.at);
    else await page.waitForFunction(hasFocus, step.focused);
  }
};

/** Opens a screen as a link does, and takes steps from behind the navigation on. */
export const actByKeyboard = async (page: Page, address: string, steps: readonly KeyboardStep[]): Promise<void> => {
  await visit(page, address);
  await page.locator('.skip').focus();
  await press(page, 'Enter');
  await takeSteps(page, steps);
};

const hasFocus = (name: string): boolean => {
  const at = document.activeElement;
  return (at?.getAttribute('aria-label') ?? at?.textContent ?? '').includes(name);
};
