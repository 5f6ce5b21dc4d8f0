import type { Ipv4Address } from './ip-address.js';

/** Four decimal parts without leading zeros, nothing else: `010.0.0.1` is another address to other readers. */
export const parseIpv4 = (text: string): number | undefined => {
  const end = ipv4End(text, 0);
  return end === text.length ? ipv4Value(text, 0, end) : undefined;
};

/** Where the strict four-part address that begins at `from` ends; -1 when none begins there. */
export const ipv4End = (text: string, from: number): number => {
  let at = from;
  for (let part = 0; part < 4; part++) {
    const first = at;
    let value = 0;
    while (at < text.length && at - first < 4) {
      const digit = text.charCodeAt(at) - 48;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
      at++;
    }
    const digits = at - first;
    if (digits === 0 || digits > 3 || value > 255) return -1;
    if (digits > 1 && text.charCodeAt(first) === 48) return -1;
    if (part < 3) {
      if (text.charCodeAt(at) !== 46) return -1;
      at++;
    }
  }
  return at;
};

/** The number of an address whose end `ipv4End` found. */
export const ipv4Value = (text: string, from: number, end: number): number => {
  let value = 0;
  let part = 0;
  for (let at = from; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === 46) {
      value = value * 256 + part;
      part = 0;
    } else part = part * 10 + code - 48;
  }
  return value * 256 + part;
};

export const formatIpv4 = (value: number): string =>
  `${Math.floor(value / 0x1000000)}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;

export const ipv4Address = (value: number): Ipv4Address => ({ version: 4, value, text: formatIpv4(value) });
