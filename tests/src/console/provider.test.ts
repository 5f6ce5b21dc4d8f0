import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { axeFindings } from './axe.js';
import { chromiumPath, withoutBrowser } from './chromium.js';
import { type Ground, openGround } from './ground.js';
import { press, tabTo } from './keyboard.js';

const executable = await chromiumPath();
const day = 86_400_000;
const at = (ms: number): string => new Date(Date.now() + ms).toISOString();

describe.skipIf(executable === undefined)(`the provider's desk${executable ? '' : withoutBrowser}`, () => {
  let ground: Ground;
  let credential: string;
  beforeAll(async () => {
    ground = await openGround(executable as string);
    credential = await ground.run('provider', 'agency', 'add', 'Toronto police');
  });
  afterAll(() => ground?.close());
  afterEach(() => expect(ground.faults()).toEqual([]));

  /** As an agency sends it: two questions, one of them outside of what the order names. */
  const sendOrder = async (reference: string): Promise<string> => {
    const observation = (ip: string) => ({
      ip,
      port: 1100,
      proto: 'tcp',
      from: { text: at(-2 * day), utc: at(-2 * day) },
      clock: { errorSeconds: 1 },
      role: 'connection-source',
      sourceDocument: 'cd'.repeat(32),
      entry: 'electronic',
    });
    const order = {
      format: 'tutela-attribution-order/1',
      reference,
      issuedBy: 'Ontario Court of Justice',
      issuedAt: at(-day),
      expiresAt: at(20 * day),
      documentSha256: 'ab'.repeat(32),
      purpose: 'investigation',
      offence: 's. 163.1',
      scope: [{ addresses: '203.0.113.0/24', from: at(-3 * day), to: at(-day) }],
      disclose: 'identity',
      qualified: 'withheld',
      maxCandidates: 1,
      together: 'separate',
      observations: [observation('203.0.113.9'), observation('198.51.100.1')],
    };
    const headers = { authorization: `Bearer ${credential}`, 'content-type': 'application/json' };
    const sent = { method: 'POST', headers, body: JSON.stringify(order) };
    const answer = await fetch(`${ground.node.origin}/attribution/v1/orders`, sent);
    if (!answer.ok) throw new Error(await answer.text());
    return ((await answer.json()) as { readonly orderId: string }).orderId;
  };

  test('without orders and logs each screen says what would bring some', async () => {
    for (const [path, words] of [
      ['orders', 'Orders come from agencies'],
      ['log', 'declares an exporter'],
      ['readiness', 'declares an exporter'],
      ['statistics', 'wait for the first order'],
    ]) {
      const page = await ground.open(`/desk/provider/${path}`);
      await page.getByText(words as string).waitFor();
      await page.context().close();
    }
  });

  test('an order shows in the queue by itself, and is declined by keyboard alone; what is typed stays', async () => {
    const page = await ground.open('/desk/provider/orders');
    await page.getByText('No order is in this state.').waitFor();
    const orderId = await sendOrder('case-7/1');
    await page.getByText('case-7/1').waitFor();
    await page.getByRole('grid').focus();
    await press(page, 'Enter');
    await page.getByText('1 of 2 covered.').waitFor();
    await page.getByText('address not in the order').waitFor();
    await press(page, 'd');
    await page.getByRole('alertdialog').waitFor();
    await page.keyboard.type('not for ');
    // Another one comes in while somebody types: what is behind the dialog is asked for again.
    const asked = page.waitForResponse((response) => response.url().includes(`/provider/orders/${orderId}/scope`));
    await sendOrder('case-7/2');
    await asked;
    await page.keyboard.type('us');
    expect(await page.getByLabel('Reason').inputValue()).toBe('not for us');
    await tabTo(page, 'Decline');
    await press(page, 'Enter');
    await page.locator('.history', { hasText: 'Declined' }).waitFor();
    const answer = await ground.node.ask(`/provider/orders/${orderId}`);
    expect(await answer.json()).toMatchObject({ state: 'declined', reason: 'not for us' });
  });

  test('what the node refuses is told with a remedy: nobody is enrolled who could approve', async () => {
    const page = await ground.open('/desk/provider/orders?state=received');
    await page.getByRole('grid').focus();
    await press(page, 'Enter');
    await page.getByRole('button', { name: 'Ask for approvals' }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByLabel('Reason').fill('read against the document');
    await dialog.getByRole('button', { name: 'Ask for approvals' }).click();
    await dialog.getByRole('alert').waitFor();
    expect(await dialog.getByLabel('Reason').inputValue()).toBe('read against the document');
  });

  test('a queue that fails is told, and asked again by a button', async () => {
    const page = await ground.open('/');
    const problem = { type: 'about:blank', status: 500, code: 'internal', instance: 'urn:uuid:1' };
    await page.route('**/provider/orders?*', (route) =>
      route.fulfill({ status: 500, contentType: 'application/problem+json', body: JSON.stringify(problem) }),
    );
    await page.getByRole('link', { name: 'Orders' }).first().click();
    await page.getByText('The node had a fault.').waitFor();
    await page.unroute('**/provider/orders?*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('case-7/2').waitFor();
  });

  test.each(['en', 'es', 'pt-BR'] as const)('axe finds nothing in %s', async (language) => {
    const page = await ground.open('/desk/provider/statistics', { language });
    for (const path of ['statistics', 'orders?state=all', 'log?tab=sources', 'log?tab=rules']) {
      await page.goto(`${ground.node.origin}/desk/provider/${path}`);
      await page.locator('h1').waitFor();
      await page.waitForFunction(() => document.querySelector('.loading') === null);
      expect([path, await axeFindings(page)]).toEqual([path, []]);
    }
    await page.getByRole('link').first().waitFor();
  });
});
