import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  type Approvers,
  addPasskey,
  approversOf,
  askAndForget,
  openWithPasskeys,
  approvalsScreen as screen,
} from './approvers.js';
import { axeFindings } from './axe.js';
import { chromiumPath, withoutBrowser } from './chromium.js';
import { type Ground, openGround } from './ground.js';
import { press, tabTo } from './keyboard.js';
import { underName } from './watch-page.js';

const executable = await chromiumPath();
/** Each command is a process of its own. */
const patience = 240_000;

describe.skipIf(executable === undefined)(`approvals${executable ? '' : withoutBrowser}`, () => {
  let ground: Ground;
  let keys: string;
  let people: Approvers;
  /** Each with a passkey of their own, at a page of their own. */
  let one: Page;
  let two: Page;
  beforeAll(async () => {
    ground = await openGround(executable as string);
    keys = await mkdtemp(path.join(tmpdir(), 'tutela keys '));
    people = approversOf(ground, keys);
  }, patience);
  afterAll(async () => {
    await ground?.close();
    if (keys !== undefined) await rm(keys, { recursive: true });
  });
  afterEach(() => expect(ground.faults()).toEqual([]));

  const request = (page: Page, digest: string) => page.locator(`[data-digest="${digest}"]`);
  const settled = (page: Page, digest: string) =>
    page.getByRole('row').filter({ has: page.locator(`code[title="${digest}"]`) });
  const passkey = (page: Page, digest: string) =>
    request(page, digest).getByRole('button', { name: /^Approve with a/ });
  const approve = async (page: Page, digest: string): Promise<void> => {
    await passkey(page, digest).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Approve with a passkey' }).click();
    await page.getByRole('alertdialog').waitFor({ state: 'detached' });
  };
  /** A case with a key, and the request to destroy it. */
  const askToShred = async (caseRef: string): Promise<string> => {
    await people.runAs('staff-3', 'case', 'open', caseRef, '--title', 'Storage provider');
    return ask(caseRef, 'order 26-1042');
  };
  const ask = (caseRef: string, reason: string) =>
    people.runAs('staff-3', 'vault', 'ask-shred', caseRef, '--by', 'staff-3', '--reason', reason);
  const tryToShred = (caseRef: string, digest: string) => {
    const certificate = path.join(keys, `${caseRef}.txt`);
    return people.tryAs('staff-3', 'vault', 'shred', caseRef, '--approval', digest, '--certificate', certificate);
  };

  test(
    'where nobody is enrolled the screen says how the first two come in, and they come in so',
    async () => {
      const page = await ground.open(screen);
      await page.getByText('Nobody is enrolled who could approve.').waitFor();
      expect(await page.textContent('main')).toContain('tutela person add staff-1.key.pub staff-2.key.pub');
      expect(await axeFindings(page)).toEqual([]);
      const files = [await people.newKey('staff-1'), await people.newKey('staff-2')];
      await people.runAs('staff-1', 'person', 'add', ...files);
      await page.getByText('Nothing waits to be approved.').waitFor();
      await page.getByText('Nothing is settled yet.').waitFor();
    },
    patience,
  );

  test(
    'a passkey waits for somebody else: once by a key file, once by that passkey',
    async () => {
      two = await ground.open(screen, { person: 'staff-2' });
      await two.getByText('Passkeys work under a name').waitFor();
      expect(await two.getByRole('button', { name: 'Add a passkey' }).isDisabled()).toBe(true);
      await two.getByRole('link', { name: 'Open this page as localhost' }).click();
      await two.waitForURL(`${underName(ground.node.origin)}${screen}`);
      await two.context().close();

      two = await openWithPasskeys(ground, 'staff-2');
      const ofTwo = await addPasskey(two);
      await request(two, ofTwo).getByText('You asked for this yourself. Somebody else has to approve it.').waitFor();
      expect(await passkey(two, ofTwo).isDisabled()).toBe(true);
      await people.approve('staff-1', ofTwo);
      await settled(two, ofTwo).getByText('Approved and done').waitFor();

      one = await openWithPasskeys(ground, 'staff-1');
      const ofOne = await addPasskey(one);
      await request(two, ofOne).waitFor();
      await approve(two, ofOne);
      await settled(one, ofOne).getByText('Approved and done').waitFor();
    },
    patience,
  );

  test(
    'by keyboard alone a colleague is let in who was asked for, whose name is no markup',
    async () => {
      const asked = await people.runAs('staff-1', 'person', 'add', await people.newKey('staff-3'));
      await request(two, asked).waitFor();
      expect(await request(two, asked).textContent()).toContain('Officer <b>staff-3</b>');
      await tabTo(two, 'Approve with a passkey: Enrol a person');
      await press(two, 'Enter');
      await two.getByRole('alertdialog').waitFor();
      await tabTo(two, 'Approve with a passkey');
      await press(two, 'Enter');
      await two.getByText('Your approval is on record.').waitFor();
      await settled(two, asked).waitFor();
      await two.getByRole('cell', { name: 'Officer <b>staff-3</b>' }).waitFor();
      const told = await (await ground.node.ask(`/policy/requests/${asked}`)).json();
      expect(told).toMatchObject({ state: 'used', approvedBy: [{ person: 'staff-2', method: 'webauthn' }] });
    },
    patience,
  );

  test(
    'what cannot be undone is read in full, approved with two passkeys, and then done',
    async () => {
      const digest = await askToShred('OPP-1');
      await request(one, digest).waitFor();
      const text = await request(one, digest).textContent();
      const { document } = (await (await ground.node.ask(`/policy/requests/${digest}`)).json()) as {
        readonly document: string;
      };
      const asked = JSON.parse(document) as { readonly content: { readonly keyId: string } };
      for (const word of ['OPP-1', 'staff-3', 'order 26-1042', asked.content.keyId, digest])
        expect(text).toContain(word);
      await approve(one, digest);
      await request(one, digest).getByText('1 of 2 approved').waitFor();
      await request(one, digest).getByText('You have approved this already.').waitFor();
      expect((await tryToShred('OPP-1', digest)).code).toBe(5);
      await request(two, digest).getByText('1 of 2 approved').waitFor();
      await approve(two, digest);
      await request(two, digest).getByText('2 of 2 approved').waitFor();
      const ended = await tryToShred('OPP-1', digest);
      expect([ended.code, ended.stderr]).toEqual([0, expect.stringContaining('The key of OPP-1 is destroyed')]);
      await settled(two, digest).getByText('Approved and done').waitFor();
    },
    patience,
  );

  test(
    'what was refused stands with its reason and is not done; what was taken back and what expired stand as such',
    async () => {
      const refused = await askToShred('OPP-2');
      const back = await ask('OPP-2', 'asked twice');
      await request(one, refused).waitFor();
      await people.refuse('staff-1', refused, 'the order is about another case');
      await settled(one, refused).getByText('Refused by staff-1').waitFor();
      await settled(one, refused).getByText('the order is about another case').waitFor();
      await people.refuse('staff-3', back, 'it was asked already');
      await settled(one, back).getByText('Taken back by staff-3').waitFor();
      expect((await tryToShred('OPP-2', refused)).code).toBe(5);

      const late = await askAndForget(ground.data, 'staff-3');
      await one.reload();
      await settled(one, late).getByText('Expired').waitFor();
    },
    patience,
  );

  test(
    'under another name the passkey of whoever asked is not taken, and the screen says so',
    async () => {
      const digest = await people.runAs('staff-1', 'person', 'add', await people.newKey('staff-4'));
      await request(one, digest).waitFor();
      expect(await passkey(one, digest).isDisabled()).toBe(true);
      await one
        .getByRole('button', { name: /staff-1/ })
        .first()
        .click();
      await one.getByRole('dialog').getByRole('textbox').fill('staff-9');
      await press(one, 'Enter');
      await passkey(one, digest).click();
      await one.getByRole('alertdialog').getByRole('button', { name: 'Approve with a passkey' }).click();
      await one.getByText('A passkey of whoever asked is not taken.').waitFor({ timeout: 90_000 });
      const { approvedBy } = (await (await ground.node.ask(`/policy/requests/${digest}`)).json()) as {
        readonly approvedBy: readonly unknown[];
      };
      expect(approvedBy).toEqual([]);
    },
    patience,
  );

  test.each(['en', 'es', 'pt-BR'] as const)(
    'axe finds nothing in %s with requests open and settled',
    async (language) => {
      for (const theme of ['light', 'dark'] as const) {
        const page = await ground.open(screen, { language, theme, person: 'staff-2', host: 'name' });
        await page.locator('[data-digest]').waitFor();
        await page.locator('code[title]').first().waitFor();
        expect(await axeFindings(page)).toEqual([]);
        await page.context().close();
      }
    },
  );

  test('what the node refuses is told with what to do about it', async () => {
    await two.route('**/policy/requests/*/options', (route) =>
      route.fulfill({ status: 409, contentType: 'application/problem+json', body: '{"code":"nobody-to-approve"}' }),
    );
    await two
      .getByRole('button', { name: /^Approve with a passkey/ })
      .first()
      .click();
    await two.getByRole('alertdialog').getByRole('button', { name: 'Approve with a passkey' }).click();
    await two.getByText('Nobody who may approve this has a passkey yet.').waitFor();
  });
});
