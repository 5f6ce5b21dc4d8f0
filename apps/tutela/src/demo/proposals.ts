import type { NewEntry } from '@tutela/clearinghouse-desk';
import type { KnownPicture } from './world.js';

/** Entries that are put up together, and what becomes of them. */
export interface DemoProposal {
  readonly entries: readonly NewEntry[];
  /** How many reviewers sign; two list it. */
  readonly vouchers: 1 | 2;
  readonly withdrawn?: { readonly entry: NewEntry; readonly reason: string };
}

const vetting = 'made by a program for the demonstration: it shows nobody';

/** As the desk tells it. */
export const provenanceOf = ({ provenance: { kind, ref } }: NewEntry): string => `${kind} ${ref}`;

export const demoProposals = (known: readonly KnownPicture[]): readonly DemoProposal[] => {
  const entries = known.slice(0, 5).map(
    ({ md5, sha1, sha256, pdq }, nth): NewEntry => ({
      media: 'image',
      fingerprints: { MD5: md5, SHA1: sha1, SHA256: sha256, PDQ: pdq },
      classification: nth === 4 ? 'B2' : 'A1',
      category: nth === 4 ? 'Unconfirmed CSAM' : 'Known Minor',
      provenance: { kind: 'hotline', ref: `invented notice ${nth + 1}` },
      vetting,
    }),
  );
  const [mistaken] = entries.slice(3, 4);
  const reason = 'a landscape, listed by mistake; a member said so (invented)';
  return [
    {
      entries: entries.slice(0, 4),
      vouchers: 2,
      ...(mistaken === undefined ? {} : { withdrawn: { entry: mistaken, reason } }),
    },
    { entries: entries.slice(4), vouchers: 1 },
  ];
};
