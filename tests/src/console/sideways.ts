import type { Page } from 'playwright-core';

/**
 * What makes a page scroll sideways, or cuts text off, at the width of the window (WCAG 2.2, 1.4.10). Tables, drawings and
 * documents letter by letter may scroll in themselves.
 */
export const sidewaysFindings = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const scrollsItself = '.scroll, .queue-scroll, .plot, .letters, pre';
    const named = (element: Element) => {
      const text = (element.textContent ?? '').trim().slice(0, 40);
      return `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''} "${text}"`;
    };
    const found: string[] = [];
    for (const area of [document.documentElement, ...document.querySelectorAll('body *')]) {
      if (!(area instanceof HTMLElement) || area.scrollWidth <= area.clientWidth + 1 || area.clientWidth === 0)
        continue;
      const { overflowX } = getComputedStyle(area);
      const moves = area === document.documentElement || overflowX === 'auto' || overflowX === 'scroll';
      if (moves && area.closest(scrollsItself) === null) found.push(`scrolls sideways: ${named(area)}`);
    }
    for (const element of document.querySelectorAll('main *')) {
      if (element.closest(`${scrollsItself}, .only-read, [aria-hidden=true]`) !== null) continue;
      const { right, width } = element.getBoundingClientRect();
      if (width > 0 && right > innerWidth + 1) found.push(`reaches over the edge: ${named(element)}`);
    }
    return found;
  });
