import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { approversOf } from './approvers.js';
import { axeFindings } from './axe.js';
import { chromiumPath, withoutBrowser } from './chromium.js';
import { type Ground, type OpenOptions, openGround } from './ground.js';
import { press, tabTo } from './keyboard.js';

const executable = await chromiumPath();
const officer = 'officer-1';
const caseRef = 'FORMS-1';
const at = `/desk/investigator/cases/${caseRef}`;
const operative = 'Nobody orders that a folder is read.';

describe.skipIf(executable === undefined)(`what an investigator writes down${executable ? '' : withoutBrowser}`, () => {
  let ground: Ground;
  beforeAll(async () => {
    ground = await openGround(executable as string);
    const page = await open('/desk/investigator/cases');
    await page.getByRole('button', { name: 'Open a case' }).click();
    await page.getByLabel('File number').fill(caseRef);
    await page.getByLabel('Title').fill('Forms');
    await page.getByRole('dialog').getByRole('button', { name: 'Open a case' }).click();
    await page.getByRole('heading', { name: 'Forms', level: 1 }).waitFor();
  }, 120_000);
  afterAll(() => ground?.close());
  afterEach(() => expect(ground.faults()).toEqual([]));
  const open = (address: string, options: OpenOptions = {}): Promise<Page> =>
    ground.open(address, { person: officer, ...options });

  /** Two keys are made and enrolled, as `tutela person` says. */
  const enrol = async () => {
    const keys = path.join(ground.data, 'keys');
    await mkdir(keys);
    const { newKey, keyOf } = approversOf(ground, keys);
    for (const person of [officer, 'officer-2']) await newKey(person);
    await ground.run('person', 'add', ...[officer, 'officer-2'].map((person) => `${keyOf(person)}.pub`));
  };

  test('an exhibit is recorded by keyboard alone, and then in whose hands it is', async () => {
    const page = await open(`${at}?tab=exhibits`);
    await page.getByText('No exhibit was recorded.').waitFor();
    await tabTo(page, 'Record an exhibit');
    await press(page, 'Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.type('4');
    await press(page, 'Enter', 'Tab');
    await page.keyboard.type('A phone');
    await tabTo(page, 'Seized at');
    await page.keyboard.type('2026-03-01');
    await page.getByText('This needs a date, a time and a zone').waitFor();
    expect(await page.getByRole('button', { name: 'Record it' }).isDisabled()).toBe(true);
    await page.keyboard.type(' 10:14 -05:00');
    await tabTo(page, 'Numbers of its seals');
    await page.keyboard.type('S-1, S-2');
    await tabTo(page, 'Record it');
    await press(page, 'Enter');
    await page.getByRole('heading', { name: '4: A phone' }).waitFor();
    await page.getByText('S-1 and S-2').waitFor();
    await tabTo(page, 'Record custody of 4');
    await press(page, 'Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.type('locker 7');
    await tabTo(page, 'Reason');
    await page.keyboard.type('put away');
    await tabTo(page, 'Record custody');
    await press(page, 'Enter');
    await page.getByText('Seized: locker 7').waitFor();
  });

  test('a number that is taken is refused, and what was typed stays', async () => {
    const page = await open(`${at}?tab=exhibits`);
    await page.getByRole('button', { name: 'Record an exhibit' }).click();
    await page.getByLabel('Number', { exact: true }).fill('4');
    await page.getByLabel('What it is').fill('Another phone');
    await page.getByRole('button', { name: 'Record it' }).click();
    await page.getByText('It is known already.').waitFor();
    expect(await page.getByLabel('What it is').inputValue()).toBe('Another phone');
  });

  test('a source is added by keyboard alone and begun to be read; without an authority nothing of it is', async () => {
    const folder = path.join(ground.data, 'evidence');
    await mkdir(folder);
    await writeFile(path.join(folder, 'note.txt'), 'nothing');
    const page = await open(`${at}/seizure`);
    await page.getByText('No source was added.').waitFor();
    await tabTo(page, 'Add a source');
    await press(page, 'Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.type(`${folder}-nowhere`);
    await tabTo(page, 'Add it');
    await press(page, 'Enter');
    await page.getByText('There is no such folder on the machine of the node.').waitFor();
    await page.getByLabel('Full path').fill(folder);
    await tabTo(page, 'Add it');
    await press(page, 'Enter');
    await page.getByText('Nothing was read yet.').waitFor();
    await tabTo(page, 'Begin to read');
    await press(page, 'Enter');
    await page.getByText('The case has no authority.').waitFor();
  });

  test('an authority is entered by keyboard alone; what is missing is said in words, and who may not enter one is told', async () => {
    const page = await open(`${at}?tab=authorities`);
    await page.getByText('No authority was entered.').waitFor();
    await tabTo(page, 'Enter an authority');
    await press(page, 'Enter');
    await page.getByRole('heading', { name: 'What it is' }).waitFor();
    await tabTo(page, 'File number');
    await page.keyboard.type('F-1');
    for (const label of ['Issued by', 'Statute', 'Offence', 'Operative text']) {
      await tabTo(page, label);
      await page.keyboard.type(label === 'Operative text' ? operative : 'nobody');
    }
    const file = { name: 'order.txt', mimeType: 'text/plain', buffer: Buffer.from(operative) };
    await page.getByLabel('The document').setInputFiles(file);
    const digest = createHash('sha256').update(operative).digest('hex');
    await expect.poll(() => page.getByLabel('Document, SHA-256').inputValue()).toBe(digest);
    await tabTo(page, 'Enter it');
    await press(page, 'Enter');
    await page.getByText('7 things are missing').waitFor();
    await page.getByText('Accounts: name what it covers, or choose “not limited”.').waitFor();
    await page.getByText('It allows no step yet').waitFor();
    for (let limit = 0; limit < 6; limit++) {
      await tabTo(page, 'only what is named');
      await press(page, 'ArrowRight');
    }
    for (const step of ['take digests', 'list']) {
      await tabTo(page, step);
      await press(page, 'Space');
    }
    await tabTo(page, 'Enter it');
    await press(page, 'Enter');
    await page.getByText('You are not enrolled as somebody who may ask for approvals.').waitFor();
    await enrol();
    await press(page, 'Enter');
    await page.getByText('It is entered and grants nothing yet').waitFor();
    await tabTo(page, 'To the approvals');
    await press(page, 'Enter');
    await page.waitForURL('**/desk/oversight/approvals*');
    await page.getByText('F-1').first().waitFor();
  });

  test('an authority that nobody confirmed says so, and is revoked with a reason', async () => {
    const page = await open(`${at}?tab=authorities`);
    await page.getByText('Entered by officer-1; nobody has verified it yet, so it grants nothing.').waitFor();
    await tabTo(page, 'Revoke F-1');
    await press(page, 'Enter');
    await page.getByRole('alertdialog').waitFor();
    await page.keyboard.type('typed twice');
    await tabTo(page, 'Revoke');
    await press(page, 'Enter');
    await page.getByRole('alertdialog').waitFor({ state: 'detached' });
    await expect.poll(() => page.getByRole('button', { name: 'Revoke F-1' }).count()).toBe(0);
  });

  test.each(['en', 'es', 'pt-BR'] as const)(
    'axe finds nothing in any of its forms in %s',
    async (language) => {
      const theme = language === 'en' ? 'light' : 'dark';
      const page = await open(`${at}/authorities/new`, { language, theme });
      await page.locator('main h2').first().waitFor();
      for (const [nth, pattern] of [
        /^(Leave something out|Excluir algo)$/,
        /^(Add a|Agregar una|Adicionar uma) condi/,
      ].entries()) {
        await page.getByRole('button', { name: pattern }).click();
        expect(await page.locator('fieldset').count()).toBe(nth + 1);
      }
      const findings = [...(await axeFindings(page))];
      for (const [address, act] of [
        ['?tab=exhibits', /^(Record an exhibit|Registrar una prueba|Registrar um vestígio)$/],
        ['?tab=exhibits', / 4$/],
        ['/seizure', /^(Add a source|Agregar una fuente|Adicionar uma fonte)$/],
      ] as const) {
        await page.goto(`${ground.node.origin}${at}${address}`);
        await page.getByRole('button', { name: act }).first().click();
        await page.getByRole('dialog').waitFor();
        findings.push(...(await axeFindings(page)));
      }
      expect(findings).toEqual([]);
    },
    60_000,
  );
});
