import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readConfig } from '../config/config.js';
import { claimForDemonstration, demonstrationConfig, demonstrationFolder } from './workspace.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tutela workspace '));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('a new folder and one that was marked are the demonstration’s, one with anything else in it never', async () => {
  const fresh = path.join(folder, 'demo');
  await claimForDemonstration(fresh);
  await writeFile(path.join(fresh, 'secrets.json'), '{}');
  await expect(claimForDemonstration(fresh)).resolves.toBeUndefined();
  await writeFile(path.join(folder, 'secrets.json'), '{}');
  await expect(claimForDemonstration(folder)).rejects.toThrow('is not a demonstration');
});

test('it neither reaches a database, a clearinghouse, a mail server nor a witness that the environment names', () => {
  const named = Object.fromEntries(
    ['TUTELA_REPORTS_TO', 'TUTELA_SMTP', 'TUTELA_WITNESSES', 'TUTELA_TIME_AUTHORITIES'].map((one) => [one, 'file']),
  );
  const given = readConfig(
    { data: 'own' },
    { ...named, DATABASE_URL: 'postgresql://db/own', TUTELA_VAULT: 'x' },
    folder,
  );
  const config = demonstrationConfig(given, demonstrationFolder(given));
  expect(config.dataFolder).toBe(path.join(folder, 'own', 'demo'));
  expect(JSON.stringify(config.vault)).not.toContain(path.join(folder, 'x'));
  const { databaseUrl, reportsTo, mail, witnesses, timeAuthorities } = config;
  expect([databaseUrl, reportsTo, mail, witnesses, timeAuthorities]).toEqual(Array(5).fill(undefined));
});
