import type { Outcome } from '@tutela/core';
import type { Ipv6Prefix } from '../observation/ip-address.js';
import type { OutsideRange } from '../record/log-record.js';

/** Who an outside address and port belong to by rule alone, without any log. */
export type AssignedHolder =
  | { readonly kind: 'inside-ip4'; readonly ip4: number }
  /** The customer's prefix or softwire address: the lease log says who held it then. */
  | { readonly kind: 'ip6'; readonly prefix: Ipv6Prefix };

/** `ADDRESS_NOT_OURS`: nothing; `DYNAMIC_POOL`: undecidable, the log has to be read; the others refuse the port. */
export type AssignmentReason = 'ADDRESS_NOT_OURS' | 'DYNAMIC_POOL' | 'RESERVED_PORT' | 'EXCLUDED_PORT';
export type Assigned = Outcome<AssignedHolder, AssignmentReason>;
/** Where a holder may be seen. Ports inclusive. */
export type AssignedRanges = Outcome<readonly OutsideRange[], 'ADDRESS_NOT_OURS'>;

export interface Assignment {
  readonly holderOf: (ip4: number, port: number) => Assigned;
  readonly rangesOf: (holder: AssignedHolder) => AssignedRanges;
}

export const isPort = (port: number): boolean => Number.isInteger(port) && port >= 0 && port <= 65_535;
