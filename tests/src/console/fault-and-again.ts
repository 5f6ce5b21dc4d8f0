import type { Page } from 'playwright-core';
import { press } from './keyboard.js';

const problem = { type: 'about:blank', status: 500, code: 'internal', instance: 'urn:uuid:1' };

/**
 * Opens a screen while the node answers nothing but faults, lets the node recover and asks again by keyboard alone.
 * @param address with the origin
 * @returns what was not as it has to be; the screen is whole again at the end
 */
export const faultFindings = async (page: Page, address: string): Promise<readonly string[]> => {
  const faults = page.locator('main .state-failed[role=alert]');
  const idle = () =>
    page.waitForFunction(() => document.querySelector('main .loading') === null, undefined, { timeout });
  await page.route(asked, (route) =>
    route.fulfill({ status: 500, contentType: 'application/problem+json', body: JSON.stringify(problem) }),
  );
  let told: string;
  try {
    await page.goto(address);
    await faults.first().waitFor({ timeout });
    await idle();
    told = await faults.first().innerText();
  } finally {
    await page.unroute(asked);
  }
  const whole = told.includes('The node had a fault.') && told.includes('urn:uuid:1');
  const found = whole ? [] : [`a fault is told as: ${told}`];
  // A part that is whole again may bring parts along that failed with it.
  for (let tries = 0; tries < mostTries && (await faults.count()) > 0; tries++) {
    const before = await faults.first().elementHandle();
    if ((await againByKeyboard(page)) === 'no way') return [...found, 'there is no way to ask again'];
    await page.waitForFunction((was) => was?.isConnected !== true, before, { timeout });
    await idle();
    if (await page.evaluate(() => document.activeElement === document.body)) found.push('the focus is lost');
  }
  return (await faults.count()) === 0 ? found : [...found, 'a fault stays though the node answers'];
};

const asked = (url: URL) => !/^\/(status|desk|assets)|^\/$|\.(js|css|svg|json)$/.test(url.pathname);
/** A screen that does not answer in this time is a finding, and the next one is asked. */
const timeout = 10_000;
const mostTries = 12;
const mostStops = 40;

const againByKeyboard = async (page: Page): Promise<'asked' | 'no way'> => {
  await page.locator('.skip').focus();
  await press(page, 'Enter');
  for (let steps = 0; steps < mostStops; steps++) {
    await press(page, 'Tab');
    const name = await page.evaluate(() => document.activeElement?.textContent);
    if (name !== 'Try again') continue;
    await press(page, 'Enter');
    return 'asked';
  }
  return 'no way';
};
