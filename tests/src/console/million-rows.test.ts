import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, withoutBrowser } from './chromium.js';
import { type Ground, openGround } from './ground.js';
import { press } from './keyboard.js';
import { uploadKnownPictures } from './known-pictures.js';
import { fillWithMatches } from './many-matches.js';

const rows = 3_000_000;
const executable = await chromiumPath();
const long = process.env.TUTELA_LONG === '1';
const why = executable === undefined ? withoutBrowser : long ? '' : ' (skipped: TUTELA_LONG=1 runs it, some minutes)';
const patience = 600_000;

/** What a process holds for itself: what it shares with others is counted in parts (`Pss` of proc(5)). Bytes. */
const ownMemory = (process: number): number => {
  const [, kilobytes = '0'] = /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${process}/smaps_rollup`, 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
};

describe.skipIf(executable === undefined || !long)(`a queue of ${rows} rows${why}`, () => {
  let ground: Ground;
  let page: Page;
  let counted: number | undefined;
  beforeAll(async () => {
    ground = await openGround(executable as string);
    await uploadKnownPictures(ground, 1);
    counted = await fillWithMatches(ground.data, rows);
    page = await ground.open('/desk/platform/matches?state=all');
    await page.getByRole('grid').focus({ timeout: 60_000 });
  }, patience);
  afterAll(() => ground?.close());
  afterEach(() => expect(ground.faults()).toEqual([]));

  const active = () => page.locator('.queue-active');
  const foot = async () => (await page.textContent('.queue-foot'))?.replaceAll(',', '') ?? '';
  const seenOf = async () => (/Rows (\d+) to (\d+) of (\d+)/.exec(await foot()) ?? []).slice(1).map(Number);

  test('counts what the database counts', async () => {
    expect(counted).toBe(rows);
    expect(await seenOf()).toEqual([1, expect.any(Number), rows]);
    expect(await page.getByRole('grid').getAttribute('aria-rowcount')).toBe(String(rows + 1));
  });

  test('reaches its last row by keyboard, and its first again', async () => {
    await press(page, 'End');
    await active().getByText('copy-1', { exact: true }).waitFor();
    expect(await active().getAttribute('aria-rowindex')).toBe(String(rows + 1));
    expect((await seenOf())[1]).toBe(rows);
    await press(page, 'ArrowUp', 'ArrowUp');
    await active().getByText('copy-3', { exact: true }).waitFor();
    await press(page, 'Home', 'ArrowDown');
    await active()
      .getByText(`copy-${rows - 1}`, { exact: true })
      .waitFor();
  });

  test('reads on over window after window without leaving a row out', async () => {
    await press(page, 'Home');
    for (let nth = 0; nth < 40; nth++) await press(page, 'PageDown');
    const at = Number(await active().getAttribute('aria-rowindex')) - 2;
    await active()
      .getByText(`copy-${rows - at}`, { exact: true })
      .waitFor();
  });

  test('goes to the middle when the bar is dragged there, and back by a turn of the wheel', async () => {
    const grid = page.getByRole('grid');
    await grid.evaluate((area) => area.scrollTo({ top: (area.scrollHeight - area.clientHeight) / 2 }));
    await page.waitForFunction(() => document.querySelector('.queue-foot')?.textContent?.includes('1,5'));
    const [first = 0] = await seenOf();
    expect(Math.abs(first - rows / 2)).toBeLessThan(50);
    await grid.hover();
    await page.mouse.wheel(0, 340);
    await expect.poll(async () => (await seenOf())[0]).toBe(first + 10);
  });

  test('holds less than 300 MB', async () => {
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    const { metrics } = await session.send('Performance.getMetrics');
    const heap = metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.POSITIVE_INFINITY;
    const nodes = metrics.find(({ name }) => name === 'Nodes')?.value;
    const browser = await page.context().browser()?.newBrowserCDPSession();
    const { processInfo = [] } = (await browser?.send('SystemInfo.getProcessInfo')) ?? {};
    const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => ownMemory(id));
    const whole = Math.max(...renderers);
    const figures = [heap, whole].map((bytes) => (bytes / 1e6).toFixed(1));
    process.stdout.write(`page: ${figures[0]} MB of heap, ${nodes} nodes; its process ${figures[1]} MB\n`);
    expect(renderers.length).toBeGreaterThan(0);
    expect(Math.max(heap, whole)).toBeLessThan(300e6);
  });
});
