export const keaHeader =
  'address,duid,valid_lifetime,expire,subnet_id,pref_lifetime,lease_type,iaid,prefix_len,fqdn_fwd,fqdn_rev,hostname,hwaddr,state,user_context,hwtype,hwaddr_source,pool_id';

/** A delegated prefix. `start` in ms UTC, whole seconds; the log keeps expiry and lifetime. */
export interface KeaDelegation {
  /** `2001:db8:12:3400::` */
  readonly address: string;
  readonly length: number;
  readonly start: number;
  readonly lifetimeSeconds: number;
  readonly duid: string;
  readonly iaid: number;
  readonly subnet: number;
}

/** A row of `kea-leases6.csv` under `keaHeader`, without line end (attribution.md §3.7). */
export const formatKeaDelegation = (lease: KeaDelegation): string => {
  const expire = Math.floor(lease.start / 1000) + lease.lifetimeSeconds;
  const preferred = Math.floor(lease.lifetimeSeconds / 2);
  return `${lease.address},${lease.duid},${lease.lifetimeSeconds},${expire},${lease.subnet},${preferred},2,${lease.iaid},${lease.length},0,0,,,0,,,,0`;
};
