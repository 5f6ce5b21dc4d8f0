/** How often a recovered password was met, over owners. */
export interface Sightings {
  readonly owners: number;
  /** Owners of whom any password is known. */
  readonly ownersKnown: number;
  /** Of a check on the locks that are left, in seconds of one processor, on average. */
  readonly cost: number;
}

/**
 * Whether a recovered password should be tried on every lock that the same authority covers: when it is expected to open
 * more locks a second than the next block of words would. One owner's password alone says nothing of the others.
 */
export const worthBroadcasting = ({ owners, ownersKnown, cost }: Sightings, otherwise: number): 'yes' | 'no' => {
  if (owners < 2) return 'no';
  return (owners - 1) / (ownersKnown + 1) / cost > otherwise ? 'yes' : 'no';
};
