import { createHash } from 'node:crypto';
import path from 'node:path';
import { encode, makePicture, opensslAtHand } from '@tutela/testkit';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { tutela } from '../e2e/tutela-process.js';
import { chromiumPath, withoutBrowser } from './chromium.js';
import { demonstrationDone } from './demonstration.js';
import { type Ground, openGround } from './ground.js';
import { press, tabTo } from './keyboard.js';
import { openStoryPeople, type StoryPeople } from './story-people.js';
import { digestsOf } from './watch-page.js';

const executable = await chromiumPath();
const patience = 600_000;
const account = 'story-1';
const caseRef = 'STORY-1';
const investigator = 'demo-investigator';
const police = 'us-demo-police';
/** Of the demonstration's provider, within what its logs cover. */
const connection = { ip: '198.51.100.23', port: '51344', uploadedAt: '2026-03-01T10:14:57Z' };

const missing = executable === undefined ? withoutBrowser : opensslAtHand === 'missing' ? ': needs openssl' : '';

describe.skipIf(missing !== '')(`one story through every desk${missing}`, () => {
  let ground: Ground;
  let page: Page;
  let people: StoryPeople;
  let original: string;
  let seen: ReadonlySet<string>;
  let report = '';
  const demo = () => path.join(ground.data, 'demo');
  const command = async (...args: readonly string[]): Promise<string> => {
    const ended = await tutela([...args, '--data', demo()], { TUTELA_ACTOR: investigator });
    if (ended.code !== 0) throw new Error(`${args.join(' ')}: ${ended.stderr}`);
    return ended.stdout.trim();
  };
  beforeAll(async () => {
    ground = await openGround(executable as string, ['--demo']);
    const done = await demonstrationDone(ground.data);
    page = await ground.open('/', { person: investigator });
    seen = digestsOf(page);
    people = await openStoryPeople({ ground, people: done.people });
  }, patience);
  afterAll(() => ground?.close());
  afterEach(() => expect(ground.faults()).toEqual([]));

  /** What one step leaves to the next; without it there is nothing to go on with. */
  const numberOfReport = (): string => {
    expect(report).not.toBe('');
    return report;
  };
  const go = async (address: string) => void (await page.goto(`${ground.node.origin}${address}`));
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
  const choose = async (label: string, option: string | RegExp) => {
    await page.getByRole('button', { name: new RegExp(`${label}$`) }).click();
    await page.getByRole('option', { name: option, exact: typeof option === 'string' }).click();
  };
  /** What a dialog asks, with a reason where it wants one. */
  const confirm = async (name: string, reason?: string) => {
    const dialog = page.getByRole('alertdialog');
    if (reason !== undefined) await dialog.getByLabel('Reason').fill(reason);
    await dialog.getByRole('button', { name, exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
  };

  test('the page after the start offers the walk, whose first step is the upload', async () => {
    await page.getByRole('heading', { name: 'This is the demonstration' }).waitFor();
    await page.getByRole('link', { name: 'Upload', exact: true }).click();
    await page.getByText('Step 1 of 10: Upload').waitFor();
    await button('End the walk').click();
  });

  test('an uploaded copy of a listed picture is found, confirmed and reported', async () => {
    const copy = { format: 'jpeg', quality: 90, resize: 0.5 } as const;
    const bytes = Buffer.from(await encode(makePicture(5, { width: 640, height: 480 }), copy));
    original = createHash('sha256').update(bytes).digest('hex');
    await page.getByLabel('File').setInputFiles({ name: 'copy.jpg', mimeType: 'image/jpeg', buffer: bytes });
    await page.getByLabel('Account that uploads it').fill(account);
    await page.getByLabel('Address it came from').fill(connection.ip);
    await page.getByRole('textbox', { name: 'Port' }).fill(connection.port);
    await page.getByLabel('When it was uploaded').fill(connection.uploadedAt);
    await button('Upload and compare').click();
    await page.getByText('It looks like a listed picture.').waitFor();
    await page.getByRole('link', { name: 'Open what was found of this account' }).click();
    await page.getByText('copy.jpg').click();
    await button(/^Confirm/).click();
    await confirm('Confirm', 'as listed');
    await page.locator('.history', { hasText: 'Confirmed' }).waitFor();
    await go('/desk/platform/reports');
    await page.getByText(account).click();
    const number = async () => /\b1\d{6}\b/.exec((await page.textContent('main')) ?? '')?.[0] ?? '';
    await expect.poll(number, { timeout: 60_000 }).not.toBe('');
    report = await number();
  });

  test('the clearinghouse judges it and refers it, with the very document that the authority gets', async () => {
    await go(`/desk/clearinghouse/reports/${numberOfReport()}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await go('/desk/clearinghouse/referrals');
    const row = page.getByText(report).first();
    await row.waitFor({ timeout: 60_000 });
    await row.click();
    await page.getByText('Demonstration Police of United States').first().waitFor();
  });

  test('the police fetch the referral and open a case with it', async () => {
    numberOfReport();
    await go('/desk/investigator/referrals');
    await button(`Fetch now from ${police}`).click();
    await page.getByText(new RegExp(`new reports? from ${police}`)).waitFor({ timeout: 60_000 });
    await page.getByRole('grid').getByText(report).click();
    await button('Open a case with it').click();
    await page.getByLabel('File number').fill(caseRef);
    await page.getByLabel('Title').fill('One story');
    await page.getByRole('dialog').getByRole('button', { name: 'Open a case' }).click();
    await page.getByRole('cell', { name: report, exact: true }).waitFor();
  });

  test('whoever opened it asks to lead it, and somebody else approves that', async () => {
    numberOfReport();
    await button('Ask for access').click();
    await choose('Role', /^lead/);
    await page.getByLabel('Reason').fill('opened it');
    await page.getByRole('dialog').getByRole('button', { name: 'Ask for access' }).click();
    await page.getByText('waits for approval').waitFor();
    await people.approve(1);
    await page.locator('.badge', { hasText: 'stands' }).waitFor();
  });

  test('an authority is entered from its document and confirmed by somebody else', async () => {
    numberOfReport();
    await go(`/desk/investigator/cases/${caseRef}?tab=authorities`);
    await page.getByRole('link', { name: 'Enter an authority' }).click();
    await choose('Kind', 'Production order');
    await page.getByLabel('File number').fill('STORY-ORDER-1');
    await page.getByLabel('Issued by').fill('no court: a test');
    await page.getByLabel('Statute').fill('none');
    await page.getByLabel('Offence').fill('none: a test');
    await page.getByLabel('Operative text').fill('Issued by nobody.');
    await page
      .getByLabel('The document')
      .setInputFiles({ name: 'order.txt', mimeType: 'text/plain', buffer: Buffer.from('Issued by nobody.') });
    for (const source of [`Report ${report}`, 'Provider Example Internet Provider']) {
      await page.getByText(source, { exact: true }).click();
    }
    for (const limit of ['Addresses', 'Accounts', 'Times', 'Classes of files', 'Words'])
      await choose(limit, 'not limited');
    await page.getByText('hand on', { exact: true }).click();
    await button('Enter it').click();
    await page.getByText('It is entered and grants nothing yet').waitFor();
    await people.approve(1);
    await page.getByRole('main').getByRole('link', { name: 'Authorities', exact: true }).click();
    await page.getByText('verified by demo-approver-1').waitFor();
  });

  test('the address of its report is taken over as an observation', async () => {
    numberOfReport();
    await go(`/desk/investigator/cases/${caseRef}`);
    await page.getByRole('link', { name: `Take over addresses of report ${report}` }).click();
    await choose('Protocol of the ports', 'TCP');
    await page.getByLabel('Clock error in seconds').fill('2');
    await choose('Addresses kept for documentation', 'count: a demonstration');
    await button('Take over as observations').click();
    await confirm('Take over as observations');
    await page.getByText('Taken over by demo-investigator').waitFor();
  });

  test('an order is drafted, approved by two and sent', async () => {
    numberOfReport();
    await go(`/desk/investigator/cases/${caseRef}/orders`);
    await page.getByRole('link', { name: 'Preview and ask' }).click();
    await page.getByLabel('Purpose').focus();
    await page.keyboard.type('who had the address');
    await tabTo(page, 'Draft it');
    await press(page, 'Enter');
    await button('Put up for approval').click();
    await confirm('Put up for approval', 'who had the address');
    await people.approve(2);
    await page.reload();
    await button('Send').click();
    await confirm('Send');
    await page.locator('.badge', { hasText: 'waiting' }).first().waitFor({ timeout: 60_000 });
  });

  test('the provider reads it, two approve, it is released, and the answer comes back', async () => {
    numberOfReport();
    const order = page.url();
    await go('/desk/provider/orders');
    await page.getByText(`${caseRef}/`).first().click();
    await button('Ask for approvals').click();
    await confirm('Ask for approvals', 'the order covers it');
    await people.approve(2);
    await page.reload();
    await button('Release the answer').click();
    await confirm('Release the answer');
    await page.getByText('Released').first().waitFor();
    await page.goto(order);
    await page.getByText('exactly one customer').first().waitFor({ timeout: 90_000 });
  });

  test('a package is drafted, approved by two, written and checked', async () => {
    numberOfReport();
    await go(`/desk/investigator/cases/${caseRef}/packages`);
    await button('Draft a package').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('story-package');
    await dialog.getByLabel('Reason').fill('for the court');
    await dialog.getByRole('button', { name: /choose/ }).click();
    await page.getByRole('option', { name: /^nobody/ }).click();
    await dialog.getByRole('button', { name: 'Put up for approval' }).click();
    await page.getByRole('heading', { name: 'Package story-package' }).waitFor();
    await people.approve(2);
    await page.reload();
    await button('Write the package').click();
    await confirm('Write the package');
    await button('Verify now').click({ timeout: 120_000 });
    const verdict = page.getByRole('main').getByRole('status').locator('.badge');
    await verdict.waitFor({ timeout: 120_000 });
    expect(await verdict.innerText()).toContain('consistent');
    await page.getByText('demo-approver-1 and demo-approver-2').waitFor();
  });

  test('the log holds all of it, and no original left the node for a page that did not ask to look', async () => {
    numberOfReport();
    expect(seen.size).toBeGreaterThan(50);
    expect([...seen]).not.toContain(original);
    expect(await command('ledger', 'check')).toContain('intact');
  });
});
