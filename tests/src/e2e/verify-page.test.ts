import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { samplePaths } from '../fault/damage/sample.js';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const file = fileURLToPath(new URL('../../../packages/evidence/dist/standalone/verify.html', import.meta.url));

describe.skipIf(executablePath === undefined)('verify.html, opened from a folder in a browser without network', () => {
  let browser: Browser;
  let work: string;
  let whole: string;
  let damaged: string;

  beforeAll(async () => {
    work = mkdtempSync(path.join(tmpdir(), 'verify-page-'));
    execFileSync('tar', ['-xf', samplePaths.package, '-C', work]);
    whole = path.join(work, 'package-1');
    damaged = path.join(work, 'damaged');
    execFileSync('cp', ['-r', whole, damaged]);
    appendFileSync(path.join(damaged, 'data/items/a1/a1.bin'), 'x');
    browser = await chromium.launch({ executablePath: executablePath as string, args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(work, { recursive: true, force: true });
  });

  const open = async (locale = 'en-US'): Promise<{ readonly page: Page; readonly strays: string[] }> => {
    const page = await (await browser.newContext({ offline: true, locale })).newPage();
    const strays: string[] = [];
    page.on('request', (request) => {
      if (request.url() !== pathToFileURL(file).href) strays.push(request.url());
    });
    page.on('pageerror', (error) => strays.push(error.message));
    page.on('console', (message) => strays.push(message.text()));
    await page.goto(pathToFileURL(file).href);
    return { page, strays };
  };
  const verdict = (page: Page) => page.textContent('.verdict h2');

  test('verifies a whole package against a trust file, and asks nobody', async () => {
    const { page, strays } = await open();
    await page.setInputFiles('#trust-file', samplePaths.trust);
    await page.setInputFiles('#folder', whole);
    expect(await verdict(page)).toBe('Verified');
    expect(await page.locator('.keys .matches').count()).toBe(6);
    expect(strays).toEqual([]);
  });

  test('says of an archive without a trust file that keys were not checked, and shows their fingerprints', async () => {
    const { page } = await open();
    await page.setInputFiles('#file', samplePaths.package);
    expect(await verdict(page)).toBe('Consistent, keys not checked');
    expect(await page.locator('.fingerprint').count()).toBe(6);
  });

  test.each([
    ['en-US', 'Damaged or not proven', 'Something was added at the end of the file.'],
    ['es-PY', 'Dañado o no probado', 'Se añadió algo al final del archivo.'],
    ['pt-BR', 'Danificado ou não provado', 'Algo foi acrescentado ao final do arquivo.'],
  ])('names what is damaged, in the language of the reader (%s)', async (locale, word, meaning) => {
    const { page, strays } = await open(locale);
    await page.setInputFiles('#folder', damaged);
    expect(await verdict(page)).toBe(word);
    expect(await page.textContent('.faults')).toContain(meaning);
    expect(await page.textContent('.faults code')).toBe('data/items/a1/a1.bin');
    expect(strays).toEqual([]);
  });

  test.each(['folder', 'archive'])('takes a package that is dropped on it (%s)', async (form) => {
    const given = form === 'folder' ? whole : samplePaths.package;
    const { page } = await open();
    const protocol = await page.context().newCDPSession(page);
    const drag = (type: 'dragEnter' | 'dragOver' | 'drop') =>
      protocol.send('Input.dispatchDragEvent', {
        type,
        x: 300,
        y: 300,
        data: { items: [], files: [given], dragOperationsMask: 1 },
      });
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await drag(type);
    await page.waitForSelector('.verdict');
    expect(await verdict(page)).toBe('Consistent, keys not checked');
  });

  test('refuses what is no package and what is no trust file', async () => {
    const { page } = await open();
    await page.setInputFiles('#file', samplePaths.trust);
    expect(await verdict(page)).toBe('Damaged or not proven');
    await page.click('#again');
    await page.setInputFiles('#trust-file', samplePaths.package);
    expect(await verdict(page)).toBe('This is not a trust file');
  });
});
