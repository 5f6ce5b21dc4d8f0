/**
 * What may be done with an object, from the least to the most intrusive (forensics.md §6.3). `list`: headers and names;
 * `match`: known hashes and checksums; `attempt`: passwords checked against header bytes; `open`: decrypt, extract;
 * `view`: shown to a person; `disclose`: handed out.
 */
export const steps = ['store', 'hash', 'list', 'match', 'attempt', 'open', 'view', 'disclose'] as const;
export type Step = (typeof steps)[number];

/** Steps from the first to `last`, for whoever writes a grant: an order that allows viewing rarely forbids hashing. */
export const stepsUpTo = (last: Step): readonly Step[] => steps.slice(0, steps.indexOf(last) + 1);
