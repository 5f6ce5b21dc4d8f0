import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cosignerKey, formatCosignerKey, formatVerifierKey, noteKey } from '@tutela/ledger';
import { newSigningKeyPem, nodeHasher, signerFromPem } from '@tutela/ledger/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readLogPolicy } from './log-policy.js';

const keyOf = (name: string) => signerFromPem(name, newSigningKeyPem()).publicKey;
const own = noteKey(nodeHasher, 'tutela/own', keyOf('tutela/own'));
const other = noteKey(nodeHasher, 'tutela/other', keyOf('tutela/other'));
const witness = formatCosignerKey(cosignerKey(nodeHasher, 'w.example', keyOf('w.example')));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tutela-policy-'));
});
afterAll(() => rm(folder, { recursive: true }));

const read = async (text: string) => {
  const file = path.join(folder, 'policy');
  await writeFile(file, text);
  return readLogPolicy(file, own);
};

test('without a file nobody is a witness', async () => {
  expect(await readLogPolicy(undefined, own)).toEqual({
    logs: [{ key: own }],
    witnesses: [],
    groups: [],
    quorum: 'none',
  });
});

test('a policy names the own log whether or not its file does', async () => {
  const lines = `witness w ${witness} https://w.example/\nquorum w\n`;
  for (const text of [lines, `log ${formatVerifierKey(own)}\n${lines}`]) {
    expect(await read(text)).toMatchObject({ logs: [{ key: own }], witnesses: [{ url: 'https://w.example/' }] });
  }
});

test.each([
  ['no policy', 'witnesses: many\n', 'usage'],
  ['another log alone', `log ${formatVerifierKey(other)}\nquorum none\n`, 'usage'],
  ['a witness without an address', `witness w ${witness}\nquorum w\n`, 'usage'],
  ['a witness in a file', `witness w ${witness} file:///etc/passwd\nquorum w\n`, 'usage'],
])('%s is refused', async (_, text, code) => {
  await expect(read(text)).rejects.toMatchObject({ code });
});

test('a file that is not there is told', async () => {
  await expect(readLogPolicy(path.join(folder, 'nothing'), own)).rejects.toMatchObject({ code: 'unreadable' });
});
