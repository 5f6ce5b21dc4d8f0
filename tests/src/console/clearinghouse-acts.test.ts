import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Approvers, approversOf } from './approvers.js';
import { axeFindings } from './axe.js';
import { chromiumPath, withoutBrowser } from './chromium.js';
import { fileReports, inventedAuthorities } from './clearinghouse-reports.js';
import { type Ground, openGround } from './ground.js';
import { press, tabTo } from './keyboard.js';

const executable = await chromiumPath();
const desk = '/desk/clearinghouse';
const reviewers = ['reviewer-1', 'reviewer-2'] as const;

interface Authority {
  readonly authorityId: string;
  readonly country: string;
  readonly name: string;
  readonly takes: string;
  readonly channel: string;
  readonly languages: readonly string[];
}

describe.skipIf(executable === undefined)(
  `what people do at the clearinghouse${executable ? '' : withoutBrowser}`,
  () => {
    let ground: Ground;
    let people: Approvers;
    let numbers: readonly string[];
    let request: string;
    /** One that reads Spanish, one that is told by letter, and one more. */
    let abroad: Authority;
    let posted: Authority;
    let right: Authority;
    beforeAll(async () => {
      ground = await openGround(executable as string);
      await ground.run('authority-registry', 'import', inventedAuthorities);
      const registry = await ground.node.ask('/clearinghouse/authorities');
      const { authorities } = (await registry.json()) as { readonly authorities: readonly Authority[] };
      const taking = authorities.filter(({ takes, country }) => takes === 'reports' && !['US', 'PY'].includes(country));
      abroad = taking.find(({ languages }) => languages.includes('es')) as Authority;
      posted = taking.find(({ channel }) => channel === 'post') as Authority;
      right = taking.find((one) => one !== abroad && one.channel === 'feed') as Authority;
      const password = await ground.run('reporter', 'issue', 'example-chat', '--organisation', 'Example Chat');
      numbers = await fileReports(ground.node, password);
    }, 300_000);
    afterAll(() => ground?.close());
    afterEach(() => expect(ground.faults()).toEqual([]));

    const openRequest = async (): Promise<string> => {
      const asked = await ground.node.ask('/policy/requests?state=open');
      const { requests } = (await asked.json()) as { readonly requests: readonly { readonly digest: string }[] };
      return requests[0]?.digest ?? '';
    };
    /** One after the other, each found by its label. */
    const typeInto = async (page: Page, lines: Readonly<Record<string, string>>): Promise<void> => {
      for (const [label, text] of Object.entries(lines)) {
        await tabTo(page, label);
        await page.keyboard.type(text);
      }
    };
    const grounds = {
      'Legal basis': 'Art. 16 of the Convention, national law',
      Offence: 'Art. 140',
      'Maximum penalty': '10 years',
      'What the law says of the offence': 'an offence of the demonstration',
      Facts: 'A picture was uploaded.',
      Necessity: 'Nothing else names the user.',
      Proportionality: 'One account.',
    };
    const sender = {
      From: 'Invented unit',
      'Officer in charge': 'officer-1',
      'Contact at any hour': '+595 00 000',
      'The answer goes to': 'unit@police.example',
    };

    test('before any request there is nothing, and where to begin is said', async () => {
      const page = await ground.open(`${desk}/requests`);
      await page.getByText('No request has been made.').waitFor();
      await page.getByRole('link', { name: 'New request' }).click();
      await page.getByText('There is no letter yet.').waitFor();
      expect(await page.getByRole('button', { name: 'Show the letter' }).isDisabled()).toBe(true);
    });

    test('preservation is asked for from a report by keyboard alone, and the letter seen is the letter kept', async () => {
      const page = await ground.open(`${desk}/reports/${numbers[0]}`);
      await tabTo(page, 'Ask abroad about it');
      await press(page, 'Enter');
      await page.getByText('There is no letter yet.').waitFor();
      await tabTo(page, 'Another addressee');
      await page.keyboard.type(abroad.name);
      await tabTo(page, 'Addressee');
      await press(page, 'Tab');
      await page.keyboard.type('1 Invented Street');
      await tabTo(page, 'Subscriber data');
      await press(page, 'Space');
      await typeInto(page, { 'Which data': 'who opened the account', ...grounds });
      await tabTo(page, 'Select an item');
      await page.keyboard.type('Paraguay');
      await typeInto(page, sender);
      await tabTo(page, 'Show the letter');
      await press(page, 'Enter');
      const letter = page.locator('.letter pre');
      await letter.filter({ hasText: 'Solicitud de conservación de datos' }).waitFor();
      const seen = await letter.innerText();
      expect(seen).toContain('ordinary-1');
      expect(seen).toContain('51344');
      await tabTo(page, 'Keep it as a draft');
      await press(page, 'Enter');
      await page.getByRole('heading', { name: 'Request', exact: true }).waitFor();
      request = new URL(page.url()).pathname.split('/').at(-1) ?? '';
      const kept = await page.locator('.letter pre').innerText();
      const body = (text: string) => text.split('\n').filter((line) => !/^(Referencia|Fecha): /.test(line));
      expect(body(kept)).toEqual(body(seen));
      await tabTo(page, 'Note that it was sent');
      await press(page, 'Enter');
      await page.getByRole('alertdialog').waitFor();
      await page.keyboard.type('RR 123 PY');
      await tabTo(page, 'Note that it was sent');
      await press(page, 'Enter');
      await page.getByText('The preservation ends').waitFor();
      expect(await page.textContent('main')).toContain('Somebody is reminded');
    });

    test('help is asked for under what is preserved, and what the node cannot do is said with what was typed kept', async () => {
      const page = await ground.open(`${desk}/requests/${request}`);
      await page.getByRole('link', { name: 'Draft mutual assistance on it' }).click();
      await page.getByRole('button', { name: new RegExp(`${abroad.name}, `) }).waitFor();
      await page.getByRole('textbox', { name: 'Addressee', exact: true }).fill('Central authority');
      await page.getByRole('textbox', { name: 'Address', exact: true }).fill('1 Invented Street');
      await page.getByRole('button', { name: /Country$/ }).click();
      await page.getByRole('option', { name: 'Germany' }).click();
      await page.getByRole('textbox', { name: 'Legal basis' }).fill('a treaty of the demonstration');
      await page.route('**/requests/preview', (route) =>
        route.fulfill({
          status: 500,
          contentType: 'application/problem+json',
          body: '{"status":500,"code":"internal"}',
        }),
      );
      await page.getByRole('button', { name: 'Show the letter' }).click();
      await page.getByText('The node had a fault.').waitFor();
      await page.unroute('**/requests/preview');
      await page.getByRole('button', { name: 'Show the letter' }).click();
      const letter = page.locator('.letter pre');
      await letter.filter({ hasText: request }).waitFor();
      await page.getByLabel('Facts').fill('Two pictures were uploaded.');
      expect(await page.getByRole('button', { name: 'Keep it as a draft' }).isDisabled()).toBe(true);
    });

    test('what nobody was found for is sent by hand by keyboard alone, and its letter is posted with a number', async () => {
      const page = await ground.open(`${desk}/reports/${numbers[4]}`);
      await page.getByText('Nothing in it names a country.').waitFor();
      await press(page, 's');
      await page.getByRole('dialog').waitFor();
      await tabTo(page, 'Select an item');
      await page.keyboard.type(posted.name);
      await typeInto(page, { Reason: 'the reporter telephoned' });
      await tabTo(page, 'Send to an authority');
      await press(page, 'Enter');
      await page.locator('.history', { hasText: 'the reporter telephoned' }).waitFor();
      await page.goto(`${ground.node.origin}${desk}/referrals?view=awaiting`);
      await page.getByRole('button', { name: `Note that it was posted: letter to ${posted.name}` }).click();
      await page.getByLabel('Number of the posting').fill('RR 124');
      await page.getByRole('dialog').getByRole('button', { name: 'Note that it was posted' }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      const { notices } = (await (await ground.node.ask('/clearinghouse/notices?state=sent')).json()) as {
        readonly notices: readonly { readonly authorityId: string; readonly receipt: string }[];
      };
      expect(notices).toMatchObject([{ authorityId: posted.authorityId, receipt: 'RR 124' }]);
    });

    test('what went to the wrong authority is recalled and sent to the right one, and the history has both', async () => {
      const page = await ground.open(`${desk}/reports/${numbers[0]}`);
      await page.getByRole('button', { name: 'Wrong authority: Demonstration Police of United States' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: /Authority$/ }).focus();
      await page.keyboard.type(right.name);
      await dialog.getByLabel('Reason').fill('the account is used there');
      await dialog.getByRole('button', { name: 'Recall and send to another' }).click();
      await page.getByRole('link', { name: right.name }).waitFor();
      await page.locator('.history', { hasText: 'Recalled from an authority' }).waitFor();
      const history = await page.locator('.history').innerText();
      expect(history).toContain('Sent by a person');
    });

    describe('with reviewers of two organisations', () => {
      const tell = async (path: string, body: object): Promise<void> => {
        const { origin, key } = ground.node;
        const headers = {
          authorization: `Bearer ${key}`,
          'tutela-actor': 'staff-1',
          'content-type': 'application/json',
        };
        const sent = { method: 'POST', headers, body: JSON.stringify(body) };
        expect((await fetch(`${origin}/clearinghouse/list/${path}`, sent)).status).toBe(200);
      };
      beforeAll(async () => {
        const folder = path.join(ground.data, 'keys');
        await mkdir(folder);
        people = approversOf(ground, folder);
        for (const person of [...reviewers, 'analyst-1']) await people.newKey(person);
        await ground.run('person', 'add', ...reviewers.map((person) => `${people.keyOf(person)}.pub`));
        await people.runAs('reviewer-1', 'person', 'add', `${people.keyOf('analyst-1')}.pub`, '--reason', 'joins');
        await people.approve('reviewer-2', await openRequest());
        await tell('lists', {
          list: 'csam',
          title: 'Industry',
          rule: 'two-organisations',
          publisher: 'National Centre',
        });
        for (const [nth, person] of reviewers.entries()) {
          await tell('reviewers', { person, organisation: `Hotline ${nth}` });
        }
      }, 300_000);

      test('a picture of a report is listed by two reviewers of two organisations, and withdrawn by one person', async () => {
        const page = await ground.open(`${desk}/reports/${numbers[0]}`);
        await page.getByRole('button', { name: 'Propose for a list' }).click();
        const dialog = page.getByRole('dialog');
        await dialog.getByText('Industry').first().waitFor();
        await dialog.getByRole('button', { name: /Category$/ }).focus();
        await page.keyboard.type('Known Minor');
        await dialog.getByLabel('How it was vetted').fill('looked at, no doubt');
        await dialog.getByRole('button', { name: 'Propose an entry' }).click();
        await dialog.waitFor({ state: 'detached' });

        const second = await ground.open(`${desk}/lists/csam`, { person: 'reviewer-2' });
        await second.getByText('0 of 2').waitFor();
        await tabTo(second, 'Judge it');
        await press(second, 'Enter');
        await second.getByText('What was proposed is shown when you have chosen.').waitFor();
        expect(await second.getByRole('dialog').innerText()).not.toContain('no doubt');
        await second
          .getByRole('dialog')
          .getByRole('button', { name: /My own view$/ })
          .focus();
        await second.keyboard.type('Viral');
        await second.getByText('it was proposed as something else').waitFor();
        // What is typed within a second of the last key is one word to the list.
        await sleep(1_200);
        await second.keyboard.type('Known Minor');
        await second.getByText('as it was proposed').waitFor();
        expect(await second.getByRole('dialog').innerText()).toContain('no doubt');

        const digest = await openRequest();
        for (const person of reviewers)
          await people.runAs(person, 'hashlist', 'vouch', digest, '--key', people.keyOf(person));
        await second.goto(`${ground.node.origin}${desk}/lists/csam?tab=entries`);
        await second.locator('.badge', { hasText: 'on the list' }).waitFor();
        await second.getByRole('button', { name: 'Withdraw' }).click();
        await second.getByLabel('Reason').fill('a beach');
        await second.getByRole('alertdialog').getByRole('button', { name: 'Withdraw' }).click();
        await second.locator('.badge', { hasText: 'withdrawn' }).waitFor();
      });

      test('a member is admitted with a password shown once, gets the list by two reviewers, and loses it', async () => {
        const page = await ground.open(`${desk}/lists/csam?tab=members`);
        await page.getByText('Nobody has access to this list.').waitFor();
        await tabTo(page, 'Admit a member');
        await press(page, 'Enter');
        await page.getByRole('dialog').waitFor();
        await page.keyboard.type('Example Chat');
        await typeInto(page, { 'User name': 'chat' });
        await tabTo(page, 'Admit a member');
        await press(page, 'Enter');
        await page.getByText('The password is shown this once').waitFor();
        await press(page, 'Escape');
        await page.getByRole('button', { name: 'Open the list to a member' }).click();
        const dialog = page.getByRole('dialog');
        await dialog.getByRole('button', { name: /Member$/ }).focus();
        await page.keyboard.type('Example');
        await dialog.getByRole('button', { name: 'Open the list to a member' }).click();
        await page.getByText('waits for two reviewers').waitFor();
        const digest = await openRequest();
        for (const person of reviewers)
          await people.runAs(person, 'hashlist', 'vouch', digest, '--key', people.keyOf(person));
        await page.goto(`${ground.node.origin}${desk}/lists/csam?tab=members`);
        await page.getByText('1 has not fetched the newest').waitFor();
        await page.getByRole('button', { name: 'Close the list to them: Example Chat' }).click();
        await page.getByRole('alertdialog').getByRole('button', { name: 'Close the list to them' }).click();
        await page.locator('.badge', { hasText: 'revoked' }).waitFor();
      });
    });

    test.each(['en', 'es', 'pt-BR'] as const)('axe finds nothing in %s', async (language) => {
      const list = `lists/csam?tab=`;
      const places = [
        `requests/new?report=${numbers[0]}`,
        `requests/${request}`,
        `reports/${numbers[0]}`,
        'referrals?view=nowhere',
        'referrals?view=awaiting',
        ...['proposals', 'candidates', 'entries', 'members', 'versions'].map((tab) => `${list}${tab}`),
      ];
      for (const [nth, place] of places.entries()) {
        const theme = nth % 2 === 0 ? 'light' : 'dark';
        const page = await ground.open(`${desk}/${place}`, { language, theme });
        await page.locator('h1').waitFor();
        await page.waitForFunction(() => document.querySelector('.loading') === null);
        expect([place, await axeFindings(page)]).toEqual([place, []]);
        await page.context().close();
      }
    });
  },
);
