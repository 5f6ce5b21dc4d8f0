/**
 * Bits within which two PDQ hashes count as near: what Meta advises. Strangers start at 90 (fingerprints.md §3.2), small
 * pictures and heavy edits end beyond it.
 */
export const nearBits = 31;

/** Below this quality a PDQ hash says little, and matches of it are chance: Meta advises to leave such pictures out. */
export const leastQuality = 50;
