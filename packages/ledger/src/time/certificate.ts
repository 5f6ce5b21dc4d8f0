import * as asn1js from 'asn1js';
import { BasicConstraints, Certificate, ExtKeyUsage, type RelativeDistinguishedNames } from 'pkijs';
import { sameBytes } from '../bytes.js';
import { readDer } from './der.js';

/** A certificate with the very bytes it came as, since digests are over them. */
export interface KnownCertificate {
  readonly der: Uint8Array;
  readonly certificate: Certificate;
}

/** To be called within `attempt`. */
export const readCertificate = (der: Uint8Array): KnownCertificate => ({
  der,
  certificate: new Certificate({ schema: readDer(der) }),
});

export const sameCertificate = (one: KnownCertificate, other: KnownCertificate): boolean =>
  sameBytes(one.der, other.der) === 'same';

const extension = { basicConstraints: '2.5.29.19', keyUsage: '2.5.29.15', extendedKeyUsage: '2.5.29.37' };
/** What may be critical: these are looked at or, like key identifiers and policies, narrow nothing for us. */
const understood = new Set([...Object.values(extension), '2.5.29.14', '2.5.29.35', '2.5.29.32']);

const extensionOf = ({ certificate }: KnownCertificate, oid: string) =>
  certificate.extensions?.find(({ extnID }) => extnID === oid);

const usesOf = (known: KnownCertificate): number | undefined => {
  const usage = extensionOf(known, extension.keyUsage);
  if (usage === undefined) return undefined;
  return usage.parsedValue instanceof asn1js.BitString ? (usage.parsedValue.valueBlock.valueHexView[0] ?? 0) : 0;
};

const isFreeOfStrangeLimits = ({ certificate }: KnownCertificate): boolean =>
  (certificate.extensions ?? []).every(({ critical, extnID }) => !critical || understood.has(extnID));

const keyCertSign = 0x04;
const digitalSignature = 0x80;
const nonRepudiation = 0x40;

/** RFC 5280 §4.2.1.9 and §4.2.1.3: an authority over certificates, with so many authorities below it. */
export const mayIssue = (known: KnownCertificate, authoritiesBelow: number): boolean => {
  const constraints = extensionOf(known, extension.basicConstraints)?.parsedValue as unknown;
  if (!(constraints instanceof BasicConstraints) || !constraints.cA || !isFreeOfStrangeLimits(known)) return false;
  const { pathLenConstraint: most = Number.POSITIVE_INFINITY } = constraints;
  const uses = usesOf(known) ?? keyCertSign;
  return typeof most === 'number' && authoritiesBelow <= most && (uses & keyCertSign) !== 0;
};

const timeStamping = '1.3.6.1.5.5.7.3.8';

/** RFC 3161 §2.3: its key is for time-stamps and for nothing else, and the certificate insists on that. */
export const mayStampTime = (known: KnownCertificate): boolean => {
  const purposes = extensionOf(known, extension.extendedKeyUsage);
  const value = purposes?.parsedValue as unknown;
  const onlyTime =
    purposes?.critical === true && value instanceof ExtKeyUsage && value.keyPurposes.join() === timeStamping;
  const uses = usesOf(known) ?? digitalSignature;
  const signsOnly = uses !== 0 && (uses & ~(digitalSignature | nonRepudiation)) === 0;
  return onlyTime && signsOnly && isFreeOfStrangeLimits(known);
};

export const isValidAt = ({ certificate: { notBefore, notAfter } }: KnownCertificate, moment: Date): boolean =>
  notBefore.value <= moment && moment <= notAfter.value;

const shortNames: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
};

/** RFC 4514 text, the most specific part first: `CN=Example time,O=Example`. */
export const nameText = ({ typesAndValues }: RelativeDistinguishedNames): string =>
  typesAndValues
    .map(({ type, value }) => `${shortNames[type] ?? type}=${escaped(String(value.valueBlock.value))}`)
    .reverse()
    .join(',');

const escaped = (text: string): string =>
  text
    .replaceAll(/["+,;<>\\]/g, '\\$&')
    .replaceAll(/\p{Cc}/gu, (letter) => `\\${letter.charCodeAt(0).toString(16).padStart(2, '0')}`);
