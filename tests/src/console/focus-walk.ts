import type { Page } from 'playwright-core';

/** More stops than that are rows of a table, each like the one before. */
const mostStops = 60;
const mostSteps = 100;

/**
 * Goes through what a screen offers by Tab alone, from the link that skips the navigation on.
 * @returns what is never reached, what has the focus unseen or hidden, and a way that has no end
 */
export const focusFindings = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(() => {
    (document.activeElement as HTMLElement | null)?.blur();
    for (const [nth, element] of stopsOf().entries()) element.setAttribute('data-stop', `${nth}`);

    function stopsOf(): readonly HTMLElement[] {
      const able = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';
      return [...document.querySelectorAll<HTMLElement>(`main :is(${able})`)].filter(
        (element) =>
          element.tabIndex >= 0 &&
          !element.matches(':disabled') &&
          element.checkVisibility({ visibilityProperty: true }),
      );
    }
  });
  const asked = await page.locator('[data-stop]').count();
  await page.locator('.skip').focus();
  await page.keyboard.press('Enter');
  const found: string[] = [];
  const reached = new Set<string>();
  // A date is one thing with several stops.
  for (let steps = 0; steps < mostSteps && reached.size < Math.min(asked, mostStops); steps++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const element = document.activeElement;
      if (!(element instanceof HTMLElement) || element.closest('main') === null) return undefined;
      const label = element.getAttribute('aria-label') ?? (element as HTMLInputElement).labels?.[0]?.textContent;
      const name = (label ?? element.textContent ?? '').trim().slice(0, 40);
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      const { left, top, width, height } = element.getBoundingClientRect();
      const middle = (from: number, size: number, room: number) => {
        const [first, last] = [Math.max(from, 0), Math.min(from + size, room)];
        return (first + last) / 2;
      };
      const onTop = document.elementFromPoint(middle(left, width, innerWidth), middle(top, height, innerHeight));
      return {
        stop: element.getAttribute('data-stop') ?? '',
        name: `${element.tagName.toLowerCase()} ${JSON.stringify(name)}`,
        // The parts of a date are marked by the browser.
        mark:
          element.matches('[type=date]') || (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1)
            ? 'seen'
            : 'unseen',
        // What is only read stands in its label, behind a box that shows its state.
        place:
          width <= 1 ||
          (onTop !== null && ((element.closest('label') ?? element).contains(onTop) || onTop.contains(element)))
            ? 'free'
            : `by ${onTop === null ? 'the edge of the window' : `${onTop.tagName.toLowerCase()}.${onTop.className}`}`,
      };
    });
    if (at === undefined) break;
    reached.add(at.stop);
    if (at.mark === 'unseen') found.push(`no mark of the focus: ${at.name}`);
    if (at.place !== 'free') found.push(`covered while it has the focus, ${at.place}: ${at.name}`);
  }
  if (asked <= mostStops && reached.size < asked) {
    const missed = await page.evaluate(
      (got) =>
        [...document.querySelectorAll('[data-stop]')]
          .filter((element) => !got.includes(element.getAttribute('data-stop') ?? ''))
          .map((element) => `${element.tagName.toLowerCase()} ${(element.textContent ?? '').trim().slice(0, 40)}`),
      [...reached],
    );
    found.push(...missed.map((name) => `never reached by Tab: ${name}`));
  }
  return found;
};
