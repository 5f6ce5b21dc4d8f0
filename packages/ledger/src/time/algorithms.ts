/** Digests that an imprint or a signature may rest on, by object identifier (RFC 8017, RFC 5758, RFC 5754). */
export type DigestName = 'SHA-256' | 'SHA-384' | 'SHA-512';

export const digestOids: Readonly<Record<DigestName, string>> = {
  'SHA-256': '2.16.840.1.101.3.4.2.1',
  'SHA-384': '2.16.840.1.101.3.4.2.2',
  'SHA-512': '2.16.840.1.101.3.4.2.3',
};

export const digestOfOid = (oid: string): DigestName | undefined =>
  (Object.keys(digestOids) as DigestName[]).find((name) => digestOids[name] === oid);

/** RSA (PKCS #1 v1.5) and ECDSA with these digests. SHA-1, MD5, RSA-PSS and Edwards curves are not among them. */
const certificateSignatures: ReadonlySet<string> = new Set([
  '1.2.840.113549.1.1.11',
  '1.2.840.113549.1.1.12',
  '1.2.840.113549.1.1.13',
  '1.2.840.10045.4.3.2',
  '1.2.840.10045.4.3.3',
  '1.2.840.10045.4.3.4',
]);

/** In a CMS signature, whose digest is named beside it, RSA may stand without one (RFC 3370 §3.2). */
const rsaEncryption = '1.2.840.113549.1.1.1';

export const mayCertify = (signatureOid: string): boolean => certificateSignatures.has(signatureOid);

export const maySign = (signatureOid: string): boolean => signatureOid === rsaEncryption || mayCertify(signatureOid);
