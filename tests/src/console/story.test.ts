import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { encode, makePicture } from '@tutela/testkit';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { tutela } from '../e2e/tutela-process.js';
import { chromiumPath, withoutBrowser } from './chromium.js';
import { demonstrationDone } from './demonstration.js';
import { type Ground, openGround } from './ground.js';
import { openStoryPeople, type StoryPeople } from './story-people.js';
import { digestsOf } from './watch-page.js';

const executable = await chromiumPath();
const patience = 600_000;
const account = 'story-1';
const caseRef = 'STORY-1';
const investigator = 'demo-investigator';
/** Of the demonstration's provider, within what its logs cover. */
const connection = { ip: '198.51.100.23', port: '51344', uploadedAt: '2026-03-01T10:14:57Z' };

describe.skipIf(executable === undefined)(
  `one story from an upload to a case${executable ? '' : withoutBrowser}`,
  () => {
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
      await page.getByText('us-demo-police').first().waitFor();
    });

    test('a case is opened for it under an authority that somebody else confirmed', async () => {
      numberOfReport();
      // What machines and typists of the police do: the feed is fetched, the court's order entered.
      const credential = await command('feed-credentials', 'issue', 'us-demo-police');
      const from = path.join(demo(), 'feed.json');
      const feed = { baseUrl: ground.node.origin, authority: 'us-demo-police', credential };
      await writeFile(from, JSON.stringify(feed), { mode: 0o600 });
      await command('referral', 'pull', '--from', from);
      await go('/desk/investigator/cases');
      await button('Open a case').click();
      await page.getByLabel('File number').fill(caseRef);
      await page.getByLabel('Title').fill('One story');
      await page.getByRole('dialog').getByRole('button', { name: 'Open a case' }).click();
      await page.getByLabel('Number of a report to link').fill(report);
      await button('Link').click();
      await page.getByRole('cell', { name: report }).waitFor();
      await writeFile(path.join(demo(), 'order.json'), JSON.stringify(courtOrder()));
      await command('authority', 'enter', path.join(demo(), 'order.json'));
      await people.approve(1);
      await page.reload();
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect([...seen]).not.toContain(original);
    });
  },
);

/** Of no court: lets a provider be asked about the one address. */
const courtOrder = () => {
  const at = Date.now();
  const any = 'any' as const;
  return {
    v: 1,
    id: crypto.randomUUID(),
    version: 1,
    caseRef,
    kind: 'production-order',
    issuedBy: 'no court: a test',
    fileNumber: 'STORY-ORDER-1',
    statute: 'none',
    offence: 'none: a test',
    issuedAt: new Date(at).toISOString(),
    from: new Date(at).toISOString(),
    to: new Date(at + 30 * 86_400_000).toISOString(),
    operativeText: 'Issued by nobody.',
    documentSha256: createHash('sha256').update('Issued by nobody.').digest('hex'),
    sealed: 'open',
    scope: {
      sources: ['provider/demo-provider'],
      accounts: any,
      addresses: [connection.ip],
      periods: any,
      fileClasses: any,
      keywords: any,
      exclusions: [],
      privilegeTerms: [],
    },
    grants: ['disclose'],
    conditions: [],
    secretReuse: { kind: 'own' },
  };
};
