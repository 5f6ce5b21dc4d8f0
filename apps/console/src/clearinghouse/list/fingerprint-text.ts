import type { ListEntry } from '@tutela/clearinghouse-desk/api';

/** Each by its kind and first letters, which stay on one line. */
export const fingerprintText = (fingerprints: ListEntry['fingerprints'], large: readonly string[] = []): string =>
  [
    ...Object.entries(fingerprints).map(([kind, value]) => `${kind}\u00a0${String(value).slice(0, 12)}…`),
    ...large,
  ].join(' ');
