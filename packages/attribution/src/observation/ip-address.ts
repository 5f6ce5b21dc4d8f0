/** `value` is the address as an unsigned number, `text` its canonical form. */
export interface Ipv4Address {
  readonly version: 4;
  readonly value: number;
  readonly text: string;
}
/** `text` is the canonical form of RFC 5952. */
export interface Ipv6Address {
  readonly version: 6;
  readonly value: bigint;
  readonly text: string;
}
export type IpAddress = Ipv4Address | Ipv6Address;

/** `value` has zeros beyond `length` bits. */
export interface Ipv4Prefix {
  readonly version: 4;
  readonly value: number;
  readonly length: number;
}
/** `value` has zeros beyond `length` bits; an address is a prefix of 128 bits. */
export interface Ipv6Prefix {
  readonly version: 6;
  readonly value: bigint;
  readonly length: number;
}
export type IpPrefix = Ipv4Prefix | Ipv6Prefix;
