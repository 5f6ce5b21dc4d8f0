import type { IpAddress, IpPrefix } from '../observation/ip-address.js';

export const isInside = (prefix: IpPrefix, ip: IpAddress): boolean => {
  if (prefix.version === 4) {
    return ip.version === 4 && ip.value >= prefix.value && ip.value < prefix.value + 2 ** (32 - prefix.length);
  }
  const rest = BigInt(128 - prefix.length);
  return ip.version === 6 && ip.value >> rest === prefix.value >> rest;
};
