import { requestText } from '@tutela/policy';
import type { RequestState } from '@tutela/policy/postgres';

/** A request as a page and `--json` tell it. */
export const requestBody = ({ digest, request, state, needed, approvals, ...more }: RequestState) => ({
  digest,
  /** The bytes under the digest, as text: whoever shows them can take the digest themselves. */
  document: requestText(request),
  state,
  needed,
  approvedBy: approvals.map(({ person, method, at }) => ({ person, method, at })),
  ...(more.refusedBy !== undefined && { refusedBy: more.refusedBy }),
  ...(more.refusedBecause !== undefined && { refusedBecause: more.refusedBecause }),
});
