import { type Attribute, ContentInfo, SignedData, type SignerInfo } from 'pkijs';
import { digestOfOid, maySign } from './algorithms.js';
import { type KnownCertificate, readCertificate } from './certificate.js';
import { type Block, bytesOfBlock, octetsOf, oidOf, partsOf, readDer, unreadable } from './der.js';
import { readTokenInfo, type TokenInfo } from './token-info.js';

/** A time-stamp token (RFC 3161 §2.4.2): CMS SignedData (RFC 5652) over a TSTInfo, read but not yet believed. */
export interface UnverifiedToken {
  readonly signedData: SignedData;
  readonly info: TokenInfo;
  /** What came with it. */
  readonly certificates: readonly KnownCertificate[];
  /** Digests by which the signature names the signer's certificate (RFC 5816): at least one. */
  readonly signerDigests: readonly SignerDigest[];
  readonly algorithms: 'understood' | 'not-understood';
}

export interface SignerDigest {
  /** `undefined` when it is none that counts. */
  readonly algorithm: 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512' | undefined;
  readonly hash: Uint8Array;
}

const oids = {
  signedData: '1.2.840.113549.1.7.2',
  tstInfo: '1.2.840.113549.1.9.16.1.4',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
};

const mostCertificates = 32;

/** To be called within `attempt`. */
export const readToken = (der: Uint8Array): UnverifiedToken => {
  const whole = readDer(der);
  const content = new ContentInfo({ schema: whole });
  if (content.contentType !== oids.signedData) unreadable('it is not signed data');
  const signedData = new SignedData({ schema: content.content as unknown });
  const { eContentType, eContent } = signedData.encapContentInfo;
  if (eContentType !== oids.tstInfo || eContent === undefined) unreadable('what is signed is not a time-stamp');
  const [signer, ...others] = signedData.signerInfos;
  if (signer === undefined || others.length > 0) return unreadable('it has not exactly one signature');
  const attributes = signer.signedAttrs?.attributes ?? unreadable('the signature covers no attributes');
  if (oidOf(onlyValue(attributes, oids.contentType)) !== oids.tstInfo)
    unreadable('the signature is about another type');
  onlyValue(attributes, oids.messageDigest);
  return {
    signedData,
    info: readTokenInfo(octetsOf(eContent)),
    certificates: certificatesIn(whole),
    signerDigests: signerDigestsOf(attributes),
    algorithms: algorithmsOf(signer),
  };
};

const algorithmsOf = ({ digestAlgorithm, signatureAlgorithm }: SignerInfo): UnverifiedToken['algorithms'] =>
  digestOfOid(digestAlgorithm.algorithmId) !== undefined && maySign(signatureAlgorithm.algorithmId)
    ? 'understood'
    : 'not-understood';

/** RFC 5652 §11: each of these attributes once, with one value. */
const onlyValue = (attributes: readonly Attribute[], oid: string): Block => {
  const [value, ...more] = attributes.filter(({ type }) => type === oid).flatMap(({ values }) => values as Block[]);
  return value === undefined || more.length > 0 ? unreadable(`attribute ${oid} is not there once`) : value;
};

/** The first certificate that SigningCertificate (RFC 2634 §5.4) or its second version (RFC 5035 §3) names. */
const signerDigestsOf = (attributes: readonly Attribute[]): readonly SignerDigest[] => {
  const has = (oid: string) => attributes.some(({ type }) => type === oid);
  const firstOf = (oid: string) => partsOf(partsOf(partsOf(onlyValue(attributes, oid))[0])[0]);
  const digests: SignerDigest[] = [];
  if (has(oids.signingCertificate)) {
    digests.push({ algorithm: 'SHA-1', hash: octetsOf(firstOf(oids.signingCertificate)[0]) });
  }
  if (has(oids.signingCertificateV2)) {
    const [first, second] = firstOf(oids.signingCertificateV2);
    // SHA-256 is left out in DER, as it is the default.
    const named = first !== undefined && 'value' in first.valueBlock && !isOctets(first);
    const algorithm = named ? digestOfOid(oidOf(partsOf(first)[0])) : 'SHA-256';
    digests.push({ algorithm, hash: octetsOf(named ? second : first) });
  }
  return digests.length === 0 ? unreadable('the signature does not name the certificate of its signer') : digests;
};

const isOctets = ({ idBlock }: Block): boolean => idBlock.tagClass === 1 && idBlock.tagNumber === 4;

/** As they stood in the token, which pkijs does not keep: ContentInfo → [0] → SignedData → certificates [0]. */
const certificatesIn = (contentInfo: Block): readonly KnownCertificate[] => {
  const signedData = partsOf(partsOf(contentInfo)[1])[0];
  const set = partsOf(signedData).find(({ idBlock }) => idBlock.tagClass === 3 && idBlock.tagNumber === 0);
  const found = set === undefined ? [] : partsOf(set);
  if (found.length > mostCertificates) unreadable(`it brings more than ${mostCertificates} certificates`);
  return found.filter(isCertificate).map((block) => readCertificate(bytesOfBlock(block)));
};

/** The other choices of CertificateChoices (RFC 5652 §10.2.2) are tagged. */
const isCertificate = ({ idBlock }: Block): boolean => idBlock.tagClass === 1;
