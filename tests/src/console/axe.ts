import axe from 'axe-core';
import type { Page } from 'playwright-core';

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** `colours` asks for contrast alone: what differs between light and dark. */
export type AxeScope = 'everything' | 'colours';

/** What axe finds against WCAG 2.2 A and AA: rule, what it says, where. Empty on a screen that is done. */
export const axeFindings = async (page: Page, scope: AxeScope = 'everything'): Promise<readonly string[]> => {
  // Through the debugger, since the content policy lets no script in.
  if (await page.evaluate(() => !('axe' in globalThis))) await page.evaluate(axe.source);
  const runOnly =
    scope === 'everything'
      ? { type: 'tag', values: tags }
      : { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };
  return page.evaluate(async (asked) => {
    const { axe: here } = globalThis as unknown as { readonly axe: typeof axe };
    const { violations } = await here.run({
      runOnly: asked as { type: 'tag' | 'rule'; values: string[] },
      resultTypes: ['violations'],
    });
    return violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ target }) => target).join('; ')})`);
  }, runOnly);
};
