/**
 * A word to try, and where it comes from. Words harvested from users are personal data: they stay inside the authority
 * under which they were read, and go with the case (forensics.md §6.3 rule 6).
 */
export interface Candidate {
  readonly word: string;
  readonly provenance: Provenance;
}

export type Provenance =
  /** A list that was brought along, by the digest of its file. */
  | { readonly kind: 'list'; readonly name: string; readonly sha256: string }
  /** Read in the seizure itself: a readme, an archive's comment, a name, a post. */
  | { readonly kind: 'harvested'; readonly from: HarvestedFrom; readonly itemId: string; readonly offset: number }
  | { readonly kind: 'recovered'; readonly secretId: string }
  /** A person gave it: an interview, a note. */
  | { readonly kind: 'stated'; readonly by: string; readonly document: string };

export type HarvestedFrom = 'text' | 'comment' | 'name' | 'post' | 'address-of-service';
