import type { ListEntry } from '@tutela/clearinghouse-desk/api';

/** Each by its kind and first letters. */
export const fingerprintText = (fingerprints: ListEntry['fingerprints'], large: readonly string[] = []): string =>
  [...Object.entries(fingerprints).map(([kind, value]) => `${kind} ${String(value).slice(0, 12)}…`), ...large].join(
    ' ',
  );
