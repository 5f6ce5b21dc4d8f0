import { expect, test } from 'vitest';
import { vaultPlaces } from './vault-places.js';

test('objects and keys lie apart in the data folder unless somebody says otherwise', () => {
  expect(vaultPlaces('/data', {}, '/work')).toEqual({
    objects: { kind: 'folder', folder: '/data/vault' },
    caseKeys: { kind: 'folder', folder: '/data/case-keys' },
    installationKey: { kind: 'file', file: '/data/installation-key' },
    staging: '/data/vault-incoming',
  });
  const asked = { objects: 's3://evidence/x', caseKeys: 'database', installationKey: 'key' };
  expect(vaultPlaces('/data', asked, '/work')).toMatchObject({
    objects: { kind: 's3', bucket: 'evidence', prefix: 'x/' },
    caseKeys: { kind: 'database' },
    installationKey: { kind: 'file', file: '/work/key' },
  });
});

test.each([
  { objects: '/data' },
  { caseKeys: '/data/vault/keys' },
  { installationKey: '/data/vault/key' },
  { objects: 's3://key:hunter2@bucket' },
  { installationKey: 'pkcs11:token=t;id=%01;pin-value=hunter2?module-path=/m.so' },
])('%o is refused without repeating it', (asked) => {
  const reading = () => vaultPlaces('/data', asked, '/');
  expect(reading).toThrow(expect.objectContaining({ code: 'usage' }));
  expect(reading).not.toThrow(/hunter2/);
});
