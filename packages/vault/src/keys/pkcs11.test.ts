import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { accessSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { done, refused } from '@tutela/core';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { temporaryFolder } from '../temporary-folder.test-support.js';
import { openFileInstallationKey } from './file-installation-key.js';
import { openFolderCaseKeys } from './folder-case-keys.js';
import { openKeyring, rewrapCaseKeys } from './keyring.js';
import { openPkcs11InstallationKey } from './pkcs11-installation-key.js';
import { parsePkcs11Uri } from './pkcs11-uri.js';

const module = '/usr/lib/softhsm/libsofthsm2.so';

test('a key in a module is named as RFC 7512 has it, and nothing more is understood', () => {
  expect(parsePkcs11Uri(`pkcs11:token=my%20token;id=%01%ff?module-path=${module}`)).toEqual({
    token: 'my token',
    id: '01ff',
    module,
  });
  for (const text of [
    'pkcs11:',
    'pkcs11:token=a;id=%01',
    `pkcs11:token=a;id=%01;pin-value=1?module-path=${module}`,
    'x',
  ]) {
    expect(() => parsePkcs11Uri(text)).toThrow(expect.objectContaining({ code: 'place-unusable' }));
  }
});

const missing = [module, '/usr/bin/pkcs11-tool', '/usr/bin/softhsm2-util'].filter((file) => {
  try {
    accessSync(file);
    return false;
  } catch {
    return true;
  }
});
const skipped = missing.length > 0 ? `not installed: ${missing.join(', ')}` : undefined;

describe.skipIf(skipped !== undefined)(`a key in a security module (${skipped ?? 'SoftHSM'})`, () => {
  afterEach(() => vi.unstubAllEnvs());

  const openModule = async () => {
    const folder = temporaryFolder();
    await mkdir(path.join(folder, 'tokens'));
    const conf = path.join(folder, 'softhsm2.conf');
    await writeFile(conf, `directories.tokendir = ${folder}/tokens\nobjectstore.backend = file\n`);
    vi.stubEnv('SOFTHSM2_CONF', conf);
    vi.stubEnv('TEST_PIN', '1234');
    const run = (program: string, ...args: readonly string[]) => execFileSync(program, args, { stdio: 'ignore' });
    run('softhsm2-util', '--init-token', '--free', '--label', 'tutela', '--pin', '1234', '--so-pin', '5678');
    const login = ['--module', module, '--token-label', 'tutela', '--login', '--pin', '1234'];
    run('pkcs11-tool', ...login, '--keypairgen', '--key-type', 'rsa:3072', '--id', '01', '--usage-decrypt');
    const key = parsePkcs11Uri(`pkcs11:token=tutela;id=%01?module-path=${module}`);
    return { folder, installationKeys: await openPkcs11InstallationKey({ ...key, pinVariable: 'TEST_PIN' }) };
  };

  test('unwraps what was wrapped with it, for its context only, and not without the PIN', async () => {
    const { installationKeys } = await openModule();
    const key = await installationKeys.current();
    const secret = randomBytes(32);
    const wrapped = await key.wrap(secret, 'of case-1');
    expect((await key.unwrap(wrapped, 'of case-1')).equals(secret)).toBe(true);
    await expect(key.unwrap(wrapped, 'of case-2')).rejects.toMatchObject({ code: 'key-unusable' });
    wrapped[5]! ^= 1;
    await expect(key.unwrap(wrapped, 'of case-1')).rejects.toMatchObject({
      code: expect.stringMatching(/failed|unusable/),
    });
    wrapped[5]! ^= 1;
    vi.stubEnv('TEST_PIN', '4321');
    await expect(key.unwrap(wrapped, 'of case-1')).rejects.toMatchObject({ code: 'module-failed' });
    expect(await installationKeys.named('file-0')).toMatchObject({ kind: 'refused' });
  });

  test('case keys of a file are wrapped anew with it, and the file opens them no more', async () => {
    const { folder, installationKeys: inModule } = await openModule();
    const inFile = await openFileInstallationKey(path.join(folder, 'installation-key'));
    const keys = await openFolderCaseKeys(path.join(folder, 'case-keys'));
    const before = await openKeyring({ keys, installationKeys: inFile }).obtain('case-1');
    const both = {
      current: inModule.current,
      named: async (id: string) => {
        const found = [await inModule.named(id), await inFile.named(id)].find(({ kind }) => kind === 'done');
        return found?.kind === 'done' ? done(found.value) : refused('unknown-installation-key' as const, id);
      },
    };
    expect(await rewrapCaseKeys({ keys, installationKeys: both })).toEqual({ rewrapped: 1 });
    expect(await openKeyring({ keys, installationKeys: inModule }).find('case-1')).toEqual(before);
    await expect(openKeyring({ keys, installationKeys: inFile }).find('case-1')).rejects.toMatchObject({
      code: 'key-unusable',
    });
  });
});
