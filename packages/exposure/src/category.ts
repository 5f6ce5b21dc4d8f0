/**
 * What is known of a file before anybody looks, in the words of the reporting API (protocols.md §1.5): the industry's
 * classes A1 to B2 and the reporter's annotations. `listed`: its digest is on a list; `resembling`: it looks like a
 * listed one; `unsorted`: nobody has said anything.
 */
export const categories = [
  'A1',
  'A2',
  'B1',
  'B2',
  'infant',
  'violence',
  'bestiality',
  'drawing',
  'generated',
  'self-produced',
  'listed',
  'resembling',
  'unsorted',
] as const;
export type Category = (typeof categories)[number];
