/**
 * `opens`: proven by 32 bits or more of the archive's own check. `may-open`: nothing speaks against it, but the format
 * proves less; only opening tells. `not-checked-here`: this check needs the archive itself.
 */
export type CheckVerdict = 'opens' | 'may-open' | 'does-not-open' | 'not-checked-here';
