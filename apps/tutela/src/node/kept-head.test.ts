import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { signCheckpoint } from '@tutela/ledger';
import { newSigningKeyPem, nodeHasher, signerFromPem } from '@tutela/ledger/node';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keptHead } from './kept-head.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tutela-head-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const signer = signerFromPem('example/log', newSigningKeyPem());
const headOf = (size: bigint): Promise<string> =>
  signCheckpoint(nodeHasher, signer, { size, root: new Uint8Array(32).fill(Number(size)) });

test('the newest head is kept, and an older one that comes late does not take its place', async () => {
  const kept = keptHead(folder);
  expect(kept.read()).toBeUndefined();
  const [one, two, ten] = await Promise.all([headOf(1n), headOf(2n), headOf(10n)]);
  for (const head of [one, ten, two]) kept.keep(head);
  expect(keptHead(folder).read()).toBe(ten);
  expect((await stat(path.join(folder, 'ledger-head'))).mode & 0o777).toBe(0o600);
});
