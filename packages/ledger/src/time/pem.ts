import { fromBase64, toBase64 } from '../note/base64.js';

const armour = /-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----/g;

/** Every certificate of a PEM text (RFC 7468 §5), DER; `undefined` when there is none or one is spoilt. */
export const certificatesOfPem = (pem: string): readonly Uint8Array[] | undefined => {
  const found = [...pem.matchAll(armour)].map(([, text = '']) => fromBase64(text.replaceAll(/\s/g, '')));
  return found.length > 0 && found.every((der) => der !== undefined) ? (found as Uint8Array[]) : undefined;
};

export const pemOfCertificates = (certificates: readonly Uint8Array[]): string =>
  certificates.map((der) => armoured(toBase64(der))).join('');

const armoured = (base64: string): string =>
  `-----BEGIN CERTIFICATE-----\n${(base64.match(/.{1,64}/g) ?? []).join('\n')}\n-----END CERTIFICATE-----\n`;
