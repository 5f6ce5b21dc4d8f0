import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { tutela } from '../e2e/tutela-process.js';
import { axeFindings } from './axe.js';
import { chromiumPath, withoutBrowser } from './chromium.js';
import { type Ground, openGround } from './ground.js';
import { press, tabTo } from './keyboard.js';

const executable = await chromiumPath();
const screen = '/desk/oversight/approvals';
/** Each command is a process of its own. */
const patience = 240_000;

describe.skipIf(executable === undefined)(`approvals and oversight${executable ? '' : withoutBrowser}`, () => {
  let ground: Ground;
  let keys: string;
  beforeAll(async () => {
    ground = await openGround(executable as string);
    keys = await mkdtemp(path.join(tmpdir(), 'tutela keys '));
  }, patience);
  afterAll(async () => {
    await ground?.close();
    if (keys !== undefined) await rm(keys, { recursive: true });
  });
  afterEach(() => expect(ground.faults()).toEqual([]));

  const keyOf = (person: string) => path.join(keys, `${person}.key`);
  const run = async (...args: readonly string[]): Promise<string> => {
    const env = { TUTELA_ACTOR: 'staff-1', TUTELA_PASSPHRASE: 'five words are better here', TUTELA_DATA: ground.data };
    const ended = await tutela(args, env);
    if (ended.code !== 0) throw new Error(`${args.join(' ')} ended with ${ended.code}: ${ended.stderr}`);
    return ended.stdout.trim();
  };
  const newKey = (person: string) =>
    run('person', 'new-key', person, '--name', `Officer <b>${person}</b>`, '--output', keyOf(person));
  /** Under a name, with an authenticator whose owner touches it and gives a PIN. */
  const withPasskey = async (): Promise<Page> => {
    const page = await ground.open('/');
    const protocol = await page.context().newCDPSession(page);
    await protocol.send('WebAuthn.enable');
    await protocol.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    return page;
  };

  test('where nobody is enrolled the screen says what that stops and how the first two come in', async () => {
    const page = await ground.open(screen);
    await page.getByText('Nobody is enrolled who could approve.').waitFor();
    expect(await page.textContent('main')).toContain('tutela person add staff-1.key.pub staff-2.key.pub');
    expect(await axeFindings(page)).toEqual([]);
  });

  test(
    'a passkey is added, approved by key file, and approves what the screen shows, by keyboard alone',
    async () => {
      await newKey('staff-1');
      await newKey('staff-2');
      await run('person', 'add', `${keyOf('staff-1')}.pub`, `${keyOf('staff-2')}.pub`);
      const page = await withPasskey();
      await page.goto(`${ground.node.origin}${screen}`);
      await page.getByText('Passkeys work under a name').waitFor();
      await page.getByRole('link', { name: 'Open this page as localhost' }).click();
      await page.waitForURL('http://localhost:*/**');
      // Another origin, so that the tab asks once more who sits there.
      const person = page.getByRole('dialog');
      if (await person.isVisible()) await page.keyboard.press('Escape');
      await page
        .getByRole('button', { name: /You are/ })
        .last()
        .click();
      await page.getByRole('option', { name: /staff-2/ }).click();
      await page.getByRole('button', { name: 'Add a passkey' }).click();
      await page.getByText('The passkey waits for the approval of somebody else.').waitFor();
      await page.locator('[data-digest]').waitFor();
      const first = await page.getAttribute('[data-digest]', 'data-digest');
      await run('approval', 'approve', first ?? '', '--key', keyOf('staff-1'));

      await newKey('staff-3');
      const asked = await run('person', 'add', `${keyOf('staff-3')}.pub`, '--reason', 'new colleague');
      const request = page.locator(`[data-digest="${asked}"]`);
      await request.waitFor();
      expect(await request.textContent()).toContain('Officer <b>staff-3</b>');
      await tabTo(page, 'Approve with a passkey: Enrol a person');
      await press(page, 'Enter');
      await page.getByRole('alertdialog').waitFor();
      await tabTo(page, 'Approve with a passkey');
      await press(page, 'Enter');
      await page.getByText('Nothing waits to be approved.').waitFor();
      const told = await (await ground.node.ask(`/policy/requests/${asked}`)).json();
      // The same node under its name: a passkey needs one.
      expect(ground.faults().filter((fault) => !fault.includes('another host: http://localhost:'))).toEqual([]);
      expect(told).toMatchObject({ state: 'used', approvedBy: [{ person: 'staff-2', method: 'webauthn' }] });
    },
    patience,
  );

  test('the record tells each act, is narrowed by kind, and says what to do where a kind has none', async () => {
    const page = await ground.open('/desk/oversight/events?type=policy.person-');
    await page.getByRole('grid').focus();
    await press(page, 'Enter');
    await page.getByRole('dialog').getByText('policy.person-enrolled').first().waitFor();
    await press(page, 'Escape');
    await page.getByRole('link', { name: 'Limits lifted' }).click();
    await page.getByText('No act of that kind is on record.').waitFor();
  });

  test.each(['en', 'es', 'pt-BR'] as const)('axe finds nothing in %s', async (language) => {
    const page = await ground.open(screen, { language });
    for (const name of ['approvals', 'ledger', 'events', 'cases', 'looks', 'looks?tab=team', 'verify']) {
      await page.goto(`${ground.node.origin}/desk/oversight/${name}`);
      await page.locator('h1').waitFor();
      await page.waitForFunction(() => document.querySelector('.loading') === null);
      expect([name, await axeFindings(page)]).toEqual([name, []]);
    }
  });
});
