import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Approvers, approversOf } from './approvers.js';
import { chromiumPath, withoutBrowser } from './chromium.js';
import { type Ground, openGround } from './ground.js';
import { press, tabTo } from './keyboard.js';
import { uploadKnownPictures } from './known-pictures.js';

const executable = await chromiumPath();
const patience = 240_000;
const person = 'staff-1';

describe.skipIf(executable === undefined)(`who has seen enough for today${executable ? '' : withoutBrowser}`, () => {
  let folder: string;
  let ground: Ground;
  let people: Approvers;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'tutela own time '));
    const rules = path.join(folder, 'exposure.json');
    await writeFile(rules, JSON.stringify({ limitSeconds: 1 }));
    ground = await openGround(executable as string, ['--no-demo'], { TUTELA_EXPOSURE: rules });
    await uploadKnownPictures(ground, 1);
    people = approversOf(ground, folder);
    await people.runAs(person, 'person', 'add', await people.newKey(person), await people.newKey('staff-2'));
    const third = await people.runAs(person, 'person', 'add', await people.newKey('staff-3'));
    await people.approve('staff-2', third);
  }, patience);
  afterAll(async () => {
    await ground?.close();
    if (folder !== undefined) await rm(folder, { recursive: true });
  });
  afterEach(() => expect(ground.faults()).toEqual([]));

  test(
    'is shown nothing more, asks for more by keyboard alone, and takes it once two others have approved',
    async () => {
      const page = await ground.open('/desk/platform/stacks', { person });
      await page.getByRole('grid').focus();
      await press(page, 'Home', 'Enter');
      await page.getByRole('img', { name: /^Reduced picture/ }).waitFor();
      const ended = page.waitForResponse((response) => response.url().endsWith('/end'));
      await page.keyboard.down('Space');
      await page.getByRole('img', { name: /^Original/ }).waitFor();
      await ended;
      await page.keyboard.up('Space');

      await press(page, 'g', 'y');
      await page.getByText('You have seen enough for today.').first().waitFor();
      await tabTo(page, 'Ask for 30 more minutes');
      await press(page, 'Enter');
      await page.getByRole('alertdialog').waitFor();
      await page.keyboard.type('one case is nearly done');
      await tabTo(page, 'Ask');
      await press(page, 'Enter');
      await page.getByText('Two other people have to approve this request.').waitFor();
      const digest = await page.locator('main p > code').first().innerText();

      await people.approve('staff-2', digest);
      await tabTo(page, 'It is approved: take it');
      await press(page, 'Enter');
      await page.locator('main').getByRole('alert').waitFor();
      await people.approve('staff-3', digest);
      await press(page, 'Enter');
      await page.getByText('Within the limit').waitFor();
    },
    patience,
  );
});
