import type { webcrypto } from 'node:crypto';
import * as asn1js from 'asn1js';
import { AttributeTypeAndValue, BasicConstraints, Certificate, Extension, ExtKeyUsage } from 'pkijs';
import { describe, expect, test } from 'vitest';
import { type KnownCertificate, mayStampTime, nameText, readCertificate } from './certificate.js';
import { findChain } from './certificate-chain.js';

interface Wanted {
  readonly name: string;
  readonly issuer?: Made;
  readonly authority?: 'yes' | 'no' | { readonly below: number };
  readonly years?: readonly [number, number];
  readonly extensions?: readonly Extension[];
  readonly digest?: 'SHA-1' | 'SHA-256';
}

interface Made extends KnownCertificate {
  readonly keys: webcrypto.CryptoKeyPair;
}

const p256 = { name: 'ECDSA', namedCurve: 'P-256' };
let serial = 1;

/** A certificate signed by its issuer's key, or by its own. */
const make = async ({ name, issuer, authority = 'yes', ...more }: Wanted): Promise<Made> => {
  const { years = [2000, 2040], extensions = [], digest = 'SHA-256' } = more;
  const keys = await crypto.subtle.generateKey(p256, true, ['sign', 'verify']);
  const certificate = new Certificate();
  certificate.version = 2;
  certificate.serialNumber = new asn1js.Integer({ value: serial++ });
  const named = (text: string) =>
    new AttributeTypeAndValue({ type: '2.5.4.3', value: new asn1js.Utf8String({ value: text }) });
  certificate.subject.typesAndValues.push(named(name));
  if (issuer === undefined) certificate.issuer.typesAndValues.push(named(name));
  else certificate.issuer.typesAndValues.push(...issuer.certificate.subject.typesAndValues);
  certificate.notBefore.value = new Date(Date.UTC(years[0], 0));
  certificate.notAfter.value = new Date(Date.UTC(years[1], 0));
  const constraints = new BasicConstraints({
    cA: authority !== 'no',
    ...(typeof authority === 'object' && { pathLenConstraint: authority.below }),
  });
  certificate.extensions = [extension('2.5.29.19', constraints.toSchema()), ...extensions];
  await certificate.subjectPublicKeyInfo.importKey(keys.publicKey);
  await certificate.sign((issuer?.keys ?? keys).privateKey, digest);
  return { ...readCertificate(new Uint8Array(certificate.toSchema(true).toBER())), keys };
};

const extension = (extnID: string, value: asn1js.BaseBlock, critical: 'critical' | 'not' = 'critical') =>
  new Extension({ extnID, critical: critical === 'critical', extnValue: value.toBER() });

const purposes = (critical: 'critical' | 'not', ...keyPurposes: string[]) =>
  extension('2.5.29.37', new ExtKeyUsage({ keyPurposes }).toSchema(), critical);
const keyUsage = (bits: number) =>
  extension('2.5.29.15', new asn1js.BitString({ valueHex: Uint8Array.of(bits).buffer, unusedBits: 0 }));

const timeStamping = '1.3.6.1.5.5.7.3.8';
const now = [new Date('2026-06-01T00:00:00Z')];
const names = (chain: readonly KnownCertificate[] | undefined) =>
  chain?.map(({ certificate }) => nameText(certificate.subject));

describe('a chain', () => {
  test('leads over any number of authorities to a root that is believed, whatever else comes with the token', async () => {
    const root = await make({ name: 'root' });
    const middle = await make({ name: 'middle', issuer: root });
    const leaf = await make({ name: 'leaf', issuer: middle, authority: 'no' });
    const stranger = await make({ name: 'middle' });
    const given = [stranger, leaf, middle, root];
    const found = await findChain({ leaf, given, roots: [root], moments: now });
    expect(names(found)).toEqual(['CN=leaf', 'CN=middle', 'CN=root']);
    expect(await findChain({ leaf, given, roots: [stranger], moments: now })).toBeUndefined();
    expect(await findChain({ leaf, given: [root], roots: [root], moments: now })).toBeUndefined();
    expect(names(await findChain({ leaf, given: [], roots: [root, middle], moments: now }))?.length).toBe(3);
    expect(await findChain({ leaf, given: [], roots: [middle], moments: now })).toBeUndefined();
  });

  test('does not lead over one that may not issue, or not so far down, or has a critical extension nobody knows', async () => {
    const root = await make({ name: 'root' });
    const strange = extension('1.2.3.4', new asn1js.Null());
    const short = await make({ name: 'short', authority: { below: 0 } });
    for (const [between, top] of [
      [await make({ name: 'm', issuer: root, authority: 'no' }), root],
      [await make({ name: 'm', issuer: root, extensions: [keyUsage(0x80)] }), root],
      [await make({ name: 'm', issuer: root, extensions: [strange] }), root],
      [await make({ name: 'm', issuer: short }), short],
      [await make({ name: 'm', issuer: root, digest: 'SHA-1' }), root],
    ] as const) {
      const leaf = await make({ name: 'leaf', issuer: between, authority: 'no' });
      expect(await findChain({ leaf, given: [between], roots: [top], moments: now })).toBeUndefined();
    }
    const leaf = await make({ name: 'leaf', issuer: short, authority: 'no' });
    expect((await findChain({ leaf, given: [], roots: [short], moments: now }))?.length).toBe(2);
  });

  test('holds at every moment asked for', async () => {
    const root = await make({ name: 'root' });
    const old = await make({ name: 'middle', issuer: root, years: [2000, 2020] });
    const leaf = await make({ name: 'leaf', issuer: old, authority: 'no', years: [2019, 2030] });
    const question = { leaf, given: [old], roots: [root] };
    expect(await findChain({ ...question, moments: now })).toBeUndefined();
    expect(await findChain({ ...question, moments: [new Date('2019-06-01')] })).toBeDefined();
    expect(await findChain({ ...question, moments: [new Date('2019-06-01'), ...now] })).toBeUndefined();
    expect(await findChain({ ...question, moments: [] })).toBeDefined();
  });

  test('is not looked for without end among certificates that vouch for each other', async () => {
    const root = await make({ name: 'root' });
    const first = await make({ name: 'knot' });
    const knot = [first];
    for (let nth = 0; nth < 30; nth++) knot.push(await make({ name: 'knot', issuer: first }));
    const leaf = await make({ name: 'leaf', issuer: first, authority: 'no' });
    expect(await findChain({ leaf, given: knot, roots: [root], moments: now })).toBeUndefined();
  });
});

describe('a certificate', () => {
  test('is for time-stamps when it says so as critical and says nothing else', async () => {
    const stamps = async (...extensions: Extension[]) =>
      mayStampTime(await make({ name: 'tsa', authority: 'no', extensions }));
    expect(await stamps(purposes('critical', timeStamping))).toBe(true);
    expect(await stamps(purposes('critical', timeStamping), keyUsage(0xc0))).toBe(true);
    expect(await stamps()).toBe(false);
    expect(await stamps(purposes('not', timeStamping))).toBe(false);
    expect(await stamps(purposes('critical', timeStamping, '1.3.6.1.5.5.7.3.1'))).toBe(false);
    expect(await stamps(purposes('critical', '1.3.6.1.5.5.7.3.1'))).toBe(false);
    expect(await stamps(purposes('critical', timeStamping), keyUsage(0x84))).toBe(false);
    expect(await stamps(purposes('critical', timeStamping), extension('1.2.3.4', new asn1js.Null()))).toBe(false);
  });

  test('cannot write more into its name than a name', async () => {
    const { certificate } = await make({ name: 'Example, CN=Other\n\u001b[2J' });
    expect(nameText(certificate.subject)).toBe('CN=Example\\, CN=Other\\0a\\1b[2J');
  });
});
