/** How often a recovered password was met, over owners. */
export interface Sightings {
  readonly owners: number;
  /** Owners of whom any password is known. */
  readonly ownersKnown: number;
}

/**
 * Whether a recovered password should be tried on every lock that the same authority covers: when it is expected to open
 * more locks a check than the next block of the list would. One owner's password alone says nothing of the others.
 */
export const worthBroadcasting = ({ owners, ownersKnown }: Sightings, otherwise: number): 'yes' | 'no' => {
  if (owners < 2) return 'no';
  return (owners - 1) / (ownersKnown + 1) > otherwise ? 'yes' : 'no';
};
