import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { UtcInstant } from '@tutela/core';
import {
  openssl,
  opensslAtHand,
  openTimeAuthority,
  type TimeAuthority,
  type TimeAuthorityOptions,
} from '@tutela/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { utf8 } from '../bytes.js';
import { body, fixture, value } from './fixtures.test-support.js';
import { pemOfCertificates } from './pem.js';
import { replyOfToken } from './reply.js';
import { requestTimestamp } from './request-timestamp.js';
import { verifyTimestamp } from './verify-timestamp.js';

describe.skipIf(opensslAtHand === 'missing')('an authority that answers by openssl', () => {
  const opened: TimeAuthority[] = [];
  const open = async (options?: TimeAuthorityOptions): Promise<TimeAuthority> => {
    const authority = await openTimeAuthority(options);
    opened.push(authority);
    return authority;
  };
  let folder: string;
  let authority: TimeAuthority;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'stamped '));
    authority = await open({ name: 'First' });
  });
  afterAll(async () => {
    for (const each of opened) await each.close();
    await rm(folder, { recursive: true, force: true });
  });

  const ask = (of: TimeAuthority, more: { readonly timeoutMs?: number; readonly roots?: readonly string[] } = {}) =>
    requestTimestamp({ url: of.url, imprintOf: body, roots: [of.roots], ...more });

  /** As VERIFY.md of a package says: no program of ours takes part. */
  const opensslSays = async (
    token: Uint8Array,
    data: Uint8Array,
    roots: string,
    ...more: readonly string[]
  ): Promise<'OK' | 'FAILED'> => {
    await writeFile(path.join(folder, 'token.tsr'), replyOfToken(token));
    await writeFile(path.join(folder, 'checkpoint.body'), data);
    await writeFile(path.join(folder, 'roots.pem'), roots);
    const args = ['ts', '-verify', '-in', 'token.tsr', '-data', 'checkpoint.body', '-CAfile', 'roots.pem', ...more];
    const { code, said } = await openssl(args, folder);
    expect(said).toContain(code === 0 ? 'Verification: OK' : 'Verification: FAILED');
    return code === 0 ? 'OK' : 'FAILED';
  };

  test.each(['rsa', 'p256'] as const)('stamps with a key of type %s what openssl verifies, like us', async (key) => {
    const own = await open({ name: `With ${key}`, key });
    const { token, proven } = value(await ask(own));
    expect(proven.authority).toBe(`CN=With ${key},O=Example`);
    expect(await opensslSays(token, body, own.roots)).toBe('OK');
    expect(await opensslSays(token, body, pemOfCertificates(proven.chain.slice(-1)))).toBe('OK');
  });

  test('openssl and we refuse the same: changed data, another root, an expired certificate', async () => {
    const { token } = value(await ask(authority));
    const changed = utf8('another head\n');
    const other = fixture('p256-root.pem').toString();
    const later = '2090-01-01T00:00:00.000Z' as UtcInstant;
    const ours = async (more: object) =>
      (await verifyTimestamp({ token, imprintOf: body, roots: [authority.roots], ...more })).kind;

    expect([await opensslSays(token, changed, authority.roots), await ours({ imprintOf: changed })]).toEqual([
      'FAILED',
      'refused',
    ]);
    expect([await opensslSays(token, body, other), await ours({ roots: [other] })]).toEqual(['FAILED', 'refused']);
    const seconds = String(Date.parse(later) / 1000);
    expect([await opensslSays(token, body, authority.roots, '-attime', seconds), await ours({ at: later })]).toEqual([
      'FAILED',
      'refused',
    ]);
  });

  test('is not believed when its certificate had expired before it stamped', async () => {
    const late = await open({ valid: { from: new Date('2020-01-01'), to: new Date('2021-01-01') } });
    expect(await ask(late)).toMatchObject({ kind: 'refused', reason: { code: 'certificate-expired' } });
  });

  test('is not believed when another answers in its place', async () => {
    const other = await open({ name: 'Second' });
    expect(await ask(authority, { roots: [other.roots] })).toMatchObject({ reason: { code: 'untrusted-authority' } });
  });

  test('fails by name when it is silent, answers with an error, with nonsense, with an old answer, or not at all', async () => {
    const own = await open();
    await ask(own);
    const codes: string[] = [];
    for (const behaviour of ['silent', 'fails', 'babbles', 'repeats'] as const) {
      own.behave(behaviour);
      const outcome = await ask(own, { timeoutMs: behaviour === 'silent' ? 200 : 20_000 });
      codes.push(outcome.kind === 'done' ? 'done' : `${outcome.kind} ${outcome.reason.code}`);
    }
    await own.close();
    opened.splice(opened.indexOf(own), 1);
    const gone = await ask(own);
    codes.push(gone.kind === 'done' ? 'done' : `${gone.kind} ${gone.reason.code}`);
    expect(codes).toEqual([
      'failed unreachable',
      'failed unreachable',
      'refused malformed-reply',
      'refused nonce-differs',
      'failed unreachable',
    ]);
  });
});
