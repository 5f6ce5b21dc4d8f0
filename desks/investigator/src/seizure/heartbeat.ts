import type { CompiledScope } from '@tutela/policy';
import type { AuthorityWatch } from '@tutela/policy/postgres';
import type { PassState } from './schema.js';

/** What holds now: what the authorities allow, or that a person paused the pass. */
export type Beat = { readonly kind: 'scope'; readonly scope: CompiledScope } | { readonly kind: 'paused' };

/** Asked before every file and every piece of a long one; looks into the database when half a second has passed. */
const heartbeatMilliseconds = 500;

export const startHeartbeat = (
  watch: AuthorityWatch,
  passState: () => Promise<PassState>,
  now: () => number = () => performance.now(),
): (() => Promise<Beat>) => {
  let last: { readonly at: number; readonly beat: Beat } | undefined;
  return async () => {
    if (last !== undefined && now() - last.at < heartbeatMilliseconds) return last.beat;
    const [scope, state] = await Promise.all([watch.scope(), passState()]);
    const beat: Beat = state === 'running' ? { kind: 'scope', scope } : { kind: 'paused' };
    last = { at: now(), beat };
    return beat;
  };
};
