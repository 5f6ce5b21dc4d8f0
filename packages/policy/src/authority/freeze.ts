import type { UtcInstant } from '@tutela/core';
import type { AuthorityId } from './authority.js';

/**
 * A stop after a find outside of the authority (plain view): what is frozen may still be kept and hashed, and nothing
 * more until an authority made for it lifts the freeze. Then that authority covers it, and no earlier one.
 */
export interface Freeze {
  readonly id: string;
  readonly caseRef: string;
  readonly extent: FreezeExtent;
  readonly at: UtcInstant;
  readonly by: string;
  readonly reason: string;
  readonly lift?: { readonly authority: AuthorityId; readonly at: UtcInstant };
}

export type FreezeExtent =
  | { readonly kind: 'case' }
  | { readonly kind: 'source'; readonly sourceId: string }
  | { readonly kind: 'item'; readonly itemRef: string };
