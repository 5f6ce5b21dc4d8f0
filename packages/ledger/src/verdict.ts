import type { Done, Refused } from '@tutela/core';

/** How every verification ends: what was proven, or the reason why nothing is. */
export type Verdict<T, Code extends string> = Done<T> | Refused<Code>;
