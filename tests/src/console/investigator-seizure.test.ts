import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, withoutBrowser } from './chromium.js';
import { faultFindings } from './fault-and-again.js';
import { type Ground, type OpenOptions, openGround } from './ground.js';
import { press } from './keyboard.js';
import { actByKeyboard } from './keyboard-steps.js';
import { caseScreens } from './screens/investigator.js';
import type { Screen } from './screens/screen.js';
import { seizureActs } from './seizure-acts.js';
import { seizureCase, seizureOfficer, smallestSeizure } from './seizure-data.js';
import { walkCase } from './walk-case.js';

const executable = await chromiumPath();
const at = `/desk/investigator/cases/${seizureCase}`;

describe.skipIf(executable === undefined)(`the case of a seizure${executable ? '' : withoutBrowser}`, () => {
  let ground: Ground;
  let screens: readonly Screen[];
  beforeAll(async () => {
    ground = await openGround(executable as string);
    await ground.run(...smallestSeizure);
    screens = await caseScreens(async <Body>(address: string) => {
      const answer = await ground.node.ask(address, seizureOfficer);
      return answer.ok ? ((await answer.json()) as Body) : undefined;
    }, seizureCase);
  }, 600_000);
  afterAll(() => ground?.close());
  afterEach(() => expect(ground.faults()).toEqual([]));
  const open = (address: string, options: OpenOptions = {}): Promise<Page> =>
    ground.open(address, { person: seizureOfficer, ...options });

  test('the seizure tells what was read, what no authority covers, and what stays shut', async () => {
    const page = await open(`${at}/seizure`);
    await page.getByText('no authority covers it').waitFor();
    const { counts } = await passOf();
    const files = page.locator('.progress', { hasText: 'Files read' });
    expect(await files.textContent()).toContain(counts.files.toLocaleString('en'));
    await page.getByText('Locked archives are not in it').waitFor();
  });

  const passOf = async () => {
    const answer = await ground.node.ask(`/investigator/cases/${seizureCase}/seizure`);
    const body = (await answer.json()) as { sources: [{ pass: { counts: { files: number } } }] };
    return body.sources[0].pass;
  };

  test('a file tells each step, the rule that answers, and that it may not be looked at', async () => {
    const page = await open(`${at}/items?class=picture`);
    await page.getByRole('grid').focus();
    await press(page, 'Home', 'Enter');
    const steps = page.getByRole('region', { name: 'Why may I see this?' });
    await steps.getByText('look: needs more').waitFor();
    await steps.getByText('The authority does not grant this step.').first().waitFor();
    await page.getByText('It may not be looked at:').waitFor();
    expect(await page.locator('main img').count()).toBe(0);
  });

  test('who has no role in the case sees no file of it', async () => {
    const page = await open(`${at}/items`, { person: 'passer-by' });
    await page.getByText('No file to be seen.').waitFor();
  });

  test('users by country stand on the map and in the table, the unknown among them', async () => {
    const page = await open(`${at}/users`);
    await page.getByRole('cell', { name: 'Country not known' }).first().waitFor();
    await page.locator('.map').waitFor();
    await page.getByText('documentation ranges (synthetic)').waitFor();
    await page.getByRole('button', { name: 'Paraguay' }).press('Enter');
    await page.getByRole('heading', { name: 'Providers in Paraguay' }).waitFor();
    expect(new URL(page.url()).searchParams.get('country')).toBe('PY');
  });

  test('what the service knew is filtered in the address, and each line names its file', async () => {
    const page = await open(`${at}/knowledge?kind=notice-received`);
    await page.getByRole('grid').getByText('Notice received').first().waitFor();
    expect(await page.getByRole('grid').getByText('Payment').count()).toBe(0);
    await page.getByRole('grid').getByText('exhibit 1,').first().waitFor();
  });

  test('an archive tells how it is shut and under which authority it was read', async () => {
    const page = await open(`${at}/archives`);
    await page.getByRole('grid').focus();
    await press(page, 'End', 'Enter');
    await page.getByRole('heading', { name: 'How it was opened' }).waitFor();
    await page.getByText('Its header was read under').waitFor();
  });

  test.each(seizureActs)(
    'by keyboard alone: $what',
    async ({ screen, steps }) => {
      const page = await open('/');
      const address = screens.find(({ name }) => name === screen)?.path;
      if (address === undefined) throw new Error(`there is no screen ${screen}`);
      await actByKeyboard(page, address, steps);
      await page.context().close();
    },
    60_000,
  );

  test.each(['item', 'archive', 'account', 'matches'])(
    'a fault of the node is told at its %s, and asked again by keyboard alone',
    async (name) => {
      const page = await open('/');
      const address = screens.find((screen) => screen.name === `investigator-${name}`)?.path;
      expect(await faultFindings(page, `${ground.node.origin}${address}`)).toEqual([]);
      await page.context().close();
    },
    60_000,
  );

  test.each(['en', 'es', 'pt-BR'] as const)(
    'axe finds nothing on any of its screens in %s',
    async (language) => {
      const theme = language === 'en' ? 'light' : 'dark';
      const page = await open('/desk/investigator/cases', { language, theme });
      const { faults } = await walkCase(page, ground.node, { caseRef: seizureCase, person: seizureOfficer });
      expect(faults).toEqual([]);
    },
    120_000,
  );
});
