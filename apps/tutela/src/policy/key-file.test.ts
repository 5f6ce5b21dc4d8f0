import { verify } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { PersonId } from '@tutela/policy';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeKeyFile, openKeyFile, readPublicKeyFile } from './key-file.js';

const ana = { id: 'staff-1' as PersonId, name: 'Ana Souza' };
const words = 'five words are better here';
let folder: string;
let file: string;
let publicFile: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tutela-key-'));
  file = path.join(folder, 'ana.key');
  // Once for all: a passphrase is made slow to try on purpose.
  publicFile = await makeKeyFile(file, ana, words);
});
afterAll(() => rm(folder, { recursive: true }));

test('a key opens with its passphrase and no other, and signs as its public half says', async () => {
  const known = await readPublicKeyFile(publicFile);
  const key = await openKeyFile(file, words);
  expect(known).toEqual({ ...ana, publicKey: key.publicKey });
  expect(key.person).toBe('staff-1');
  const text = Buffer.from('what is signed');
  const publicKey = { key: Buffer.from(known.publicKey, 'base64url'), format: 'der', type: 'spki' } as const;
  expect(verify(null, text, publicKey, Buffer.from(key.sign(text), 'base64url'))).toBe(true);
  await expect(openKeyFile(file, `${words} `)).rejects.toMatchObject({ code: 'unauthorised' });
});

test('a key is its owner’s alone, is never written over, and shows nothing of itself', async () => {
  expect((await stat(file)).mode & 0o077).toBe(0);
  const text = await readFile(file, 'utf8');
  expect(text).toMatch(/^-----BEGIN AGE ENCRYPTED FILE-----/);
  expect(Buffer.from(text.split('\n').slice(1, -2).join(''), 'base64').toString('latin1')).not.toContain('PRIVATE KEY');
  await expect(makeKeyFile(file, ana, words)).rejects.toMatchObject({ code: 'usage' });
});

test.each([
  ['no file', undefined],
  ['no key', 'hello'],
  ['a spoilt key', '-----BEGIN AGE ENCRYPTED FILE-----\nAAAA\n-----END AGE ENCRYPTED FILE-----\n'],
])('%s is not opened', async (name, text) => {
  const other = path.join(folder, name);
  if (text !== undefined) await writeFile(other, text);
  await expect(openKeyFile(other, words)).rejects.toThrow(other);
  await expect(readPublicKeyFile(other)).rejects.toThrow(other);
});
