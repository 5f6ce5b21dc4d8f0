import { mayCertify } from './algorithms.js';
import { isValidAt, type KnownCertificate, mayIssue, sameCertificate } from './certificate.js';

// The engine of pkijs builds every path there is without a limit, and takes another certificate for the leaf when a
// root equals it; a hostile token brings the certificates that such an engine would walk.

export interface ChainQuestion {
  readonly leaf: KnownCertificate;
  /** What came with the token: any number of certificates that prove nothing by themselves. */
  readonly given: readonly KnownCertificate[];
  /** Those that sign themselves are believed; others only help to get there. */
  readonly roots: readonly KnownCertificate[];
  /** Every certificate of the chain has to hold at each of them. */
  readonly moments: readonly Date[];
}

const longestChain = 8;
const mostSignatures = 64;

/** From the leaf to a root, both included; `undefined` when there is no such chain within the limits. */
export const findChain = async (question: ChainQuestion): Promise<readonly KnownCertificate[] | undefined> => {
  const { leaf, given, roots, moments } = question;
  const pool = [...roots, ...given];
  let signatures = 0;
  const isSignedBy = async (child: KnownCertificate, issuer: KnownCertificate): Promise<boolean> => {
    if (!mayCertify(child.certificate.signatureAlgorithm.algorithmId)) return false;
    signatures += 1;
    return signatures <= mostSignatures && child.certificate.verify(issuer.certificate).catch(() => false);
  };
  const walk = async (chain: readonly KnownCertificate[]): Promise<readonly KnownCertificate[] | undefined> => {
    const last = chain[chain.length - 1] as KnownCertificate;
    if (!moments.every((moment) => isValidAt(last, moment))) return undefined;
    if (chain.length > 1 && isSelfIssued(last) && roots.some((root) => sameCertificate(root, last))) return chain;
    if (chain.length === longestChain) return undefined;
    for (const issuer of pool) {
      if (chain.some((seen) => sameCertificate(seen, issuer)) || !isIssuedBy(last, issuer)) continue;
      if (!mayIssue(issuer, chain.length - 1) || !(await isSignedBy(last, issuer))) continue;
      const found = await walk([...chain, issuer]);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return walk([leaf]);
};

const isIssuedBy = (child: KnownCertificate, issuer: KnownCertificate): boolean =>
  child.certificate.issuer.isEqual(issuer.certificate.subject);

const isSelfIssued = (known: KnownCertificate): boolean => isIssuedBy(known, known);
