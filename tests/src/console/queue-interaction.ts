import { chromiumPath, withoutBrowser } from './chromium.js';
import { openGround } from './ground.js';
import { uploadKnownPictures } from './known-pictures.js';
import { fillWithMatches } from './many-matches.js';

// `node tests/dist/console/queue-interaction.js`: how long a queue of 100,000 takes from an interaction to the next paint, as
// the browser tells it (Event Timing; INP is the longest of few interactions). Whole frames of 8 ms.

const rows = 100_000;
const executable = await chromiumPath();
if (executable === undefined) throw new Error(`this needs a browser${withoutBrowser}`);
const ground = await openGround(executable);
try {
  await uploadKnownPictures(ground, 1);
  const counted = await fillWithMatches(ground.data, rows);
  const page = await ground.open('/desk/platform/matches?state=all');
  await page.getByRole('grid').focus({ timeout: 60_000 });
  await page.evaluate(() => {
    const told: { name: string; ms: number; id: number }[] = [];
    Object.assign(globalThis, { told });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { readonly interactionId: number })[]) {
        if (entry.interactionId > 0) told.push({ name: entry.name, ms: entry.duration, id: entry.interactionId });
      }
    }).observe({ type: 'event', durationThreshold: 16, buffered: true } as PerformanceObserverInit);
  });
  const keys = ['ArrowDown', 'ArrowDown', 'PageDown', 'PageDown', 'PageDown', 'End', 'PageUp', 'ArrowUp', 'Home', 'j'];
  for (const key of [...keys, ...keys, ...keys]) {
    await page.keyboard.press(key);
    await page.waitForTimeout(250);
  }
  await page.locator('.queue-active').click();
  await page.waitForTimeout(1000);
  const told = await page.evaluate(
    () => (globalThis as unknown as { told: readonly { name: string; ms: number; id: number }[] }).told,
  );
  const longest = new Map<number, number>();
  for (const { id, ms } of told) longest.set(id, Math.max(ms, longest.get(id) ?? 0));
  const sorted = [...longest.values()].sort((one, other) => other - one);
  const middle = sorted[Math.floor(sorted.length / 2)] ?? 'under 16';
  process.stdout.write(
    `${counted} rows; 31 interactions, ${sorted.length} of 16 ms or more; longest ${sorted[0] ?? 'under 16'} ms, middle of those ${middle} ms\n`,
  );
} finally {
  await ground.close();
}
