import { formatIpv4, formatIpv6, type IpPrefix, parseIpv4, parseIpv6 } from '@tutela/attribution';
import { readPrefix } from '@tutela/attribution/exchange';
import { done, type Outcome, refused } from '@tutela/core';
import { z } from 'zod';

/** Addresses of one holder, both inclusive, as text. */
export interface AddressRange {
  readonly first: string;
  readonly last: string;
  readonly holder: string;
  readonly country: string | null;
}
export interface RangeFile {
  /** As the file itself says when it was made; empty where it does not. */
  readonly published: string;
  readonly ranges: readonly AddressRange[];
}
type Read = Outcome<RangeFile, 'ranges-unreadable'>;

/** Lines `prefix,holder,country`, such as `203.0.113.0/24,AS64500 Example Net,PY`, after a header of these names. */
export const readRangeTable = (text: string): Read => {
  const [header, ...lines] = text.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'));
  if (header !== 'prefix,holder,country') return unreadable('the first line is not prefix,holder,country');
  const ranges: AddressRange[] = [];
  for (const [index, line] of lines.entries()) {
    const [prefixText = '', holder = '', country = '', ...rest] = line.split(',').map((cell) => cell.trim());
    const prefix = readPrefix(prefixText);
    if (prefix === undefined || holder === '' || rest.length > 0) return unreadable(`entry ${index + 1} is none`);
    ranges.push({ ...endsOf(prefix), holder, country: countryOf(country) });
  }
  return done({ published: '', ranges });
};

/** A registry's delegated-extended file: its holders are opaque ids, one for each member of the registry. */
export const readDelegated = (text: string): Read => {
  const lines = text.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'));
  const [version = '', registry = '', serial = ''] = (lines[0] ?? '').split('|');
  if (!/^2(\.\d)?$/.test(version) || registry === '')
    return unreadable('the first line is no version line of a registry');
  const ranges: AddressRange[] = [];
  for (const line of lines.slice(1)) {
    const [, country = '', type = '', start = '', value = '', , status = '', opaque] = line.split('|');
    if (type === 'summary' || status === 'summary' || (type !== 'ipv4' && type !== 'ipv6')) continue;
    if (status !== 'allocated' && status !== 'assigned') continue;
    const ends = type === 'ipv4' ? fourOf(start, Number(value)) : sixOf(start, value);
    if (ends === undefined) return unreadable('a range is none');
    const holder = opaque === undefined || opaque === '' ? `${registry} ${start}` : `${registry} ${opaque}`;
    ranges.push({ ...ends, holder, country: countryOf(country) });
  }
  return done({ published: serial, ranges });
};

const network = z.object({
  objectClassName: z.literal('ip network'),
  startAddress: z.string(),
  endAddress: z.string(),
  name: z.string().optional(),
  handle: z.string(),
  country: z.string().optional(),
  events: z.array(z.object({ eventAction: z.string(), eventDate: z.string() })).optional(),
});

/** One `ip network` of RDAP (RFC 9083 §5.4), as an operator saved it. */
export const readRdapNetwork = (text: string): Read => {
  const parsed = network.safeParse(jsonOf(text));
  if (!parsed.success) return unreadable('it is no RDAP ip network');
  const { startAddress, endAddress, name, handle, country, events = [] } = parsed.data;
  const [first, last] = [canonical(startAddress), canonical(endAddress)];
  if (first === undefined || last === undefined) return unreadable('its addresses are none');
  const published = events.find(({ eventAction }) => eventAction === 'last changed')?.eventDate ?? '';
  return done({ published, ranges: [{ first, last, holder: name ?? handle, country: countryOf(country ?? '') }] });
};

const unreadable = (message: string): Read => refused('ranges-unreadable', message);
const countryOf = (text: string): string | null => (/^[A-Z]{2}$/.test(text) ? text : null);

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const endsOf = (prefix: IpPrefix): Pick<AddressRange, 'first' | 'last'> => {
  if (prefix.version === 4) {
    const last = prefix.value + 2 ** (32 - prefix.length) - 1;
    return { first: formatIpv4(prefix.value), last: formatIpv4(last) };
  }
  const rest = (1n << BigInt(128 - prefix.length)) - 1n;
  return { first: formatIpv6(prefix.value), last: formatIpv6(prefix.value | rest) };
};

const fourOf = (start: string, count: number): Pick<AddressRange, 'first' | 'last'> | undefined => {
  const first = parseIpv4(start);
  if (first === undefined || !Number.isInteger(count) || count < 1 || first + count > 2 ** 32) return undefined;
  return { first: start, last: formatIpv4(first + count - 1) };
};

const sixOf = (start: string, length: string): Pick<AddressRange, 'first' | 'last'> | undefined => {
  const prefix = readPrefix(`${start}/${length}`);
  return prefix?.version === 6 ? endsOf(prefix) : undefined;
};

const canonical = (text: string): string | undefined => {
  const four = parseIpv4(text);
  if (four !== undefined) return text;
  const six = parseIpv6(text);
  return six === undefined ? undefined : formatIpv6(six);
};
