import type { HoldingRules, IpAddress, KeyKind, LeaseInterval, OpaqueTags } from '@tutela/attribution';
import { ipv4Address, subscriberPrefix } from '@tutela/attribution';
import type { DeclaredSource } from './declared-source.js';

type Rules = Omit<HoldingRules, 'period'>;

/** By what the segments of a source are asked. */
export const keysOf = ({ role }: DeclaredSource): KeyKind =>
  role.kind === 'session' ? 'tag' : role.kind === 'delegation' ? 'ipv6' : 'ipv4';

/** Only a NAT that overloads ports needs to know where its customers went; nobody else's destinations are kept. */
export const destinationsOf = ({ role }: DeclaredSource): 'kept' | 'discarded' =>
  role.kind === 'translation' && role.nat === 'sessions-by-destination' ? 'kept' : 'discarded';

/** How a source's intervals become holdings: who held what, as opaque tags. */
export const holdingRules = (source: DeclaredSource, tags: OpaqueTags): Rules => {
  const account = accountOf(source, tags);
  const inside = insideOf(source, tags);
  switch (source.role.kind) {
    case 'translation': {
      const rules: Rules = {
        keyOf: ({ outside }) => (outside === undefined ? undefined : { kind: 'ipv4', value: outside.ip4 }),
        holderOf: source.role.leadsTo === 'account' ? account : inside,
      };
      return destinationsOf(source) === 'kept' ? { ...rules, destinationOf: destinationTag(tags) } : rules;
    }
    case 'session':
      return {
        keyOf: (interval) => {
          const tag = interval.outside === undefined ? inside(interval) : undefined;
          return tag === undefined ? undefined : { kind: 'tag', tag };
        },
        holderOf: account,
      };
    case 'public-lease':
      return {
        keyOf: ({ outside, inside: { ip4 } }) =>
          outside !== undefined || ip4 === undefined ? undefined : { kind: 'ipv4', value: ip4 },
        holderOf: account,
      };
    case 'delegation':
      return {
        keyOf: ({ outside, inside: { ip6 } }) =>
          outside !== undefined || ip6 === undefined ? undefined : { kind: 'ipv6', prefix: ip6 },
        holderOf: account,
      };
  }
};

const accountOf =
  ({ account }: DeclaredSource, tags: OpaqueTags) =>
  ({ subscriber }: LeaseInterval) => {
    const part = account.find((name) => subscriber?.[name] !== undefined);
    const value = part === undefined ? undefined : subscriber?.[part];
    return value === undefined ? undefined : tags.account(value);
  };

const insideOf =
  ({ realm, vrf, customerPrefixBits }: DeclaredSource, tags: OpaqueTags) =>
  ({ inside }: LeaseInterval) => {
    const behind = inside.tunnel ?? inside.ip6;
    const known = { vrf: vrf === 'ignored' ? undefined : inside.vrf, tunnel: undefined };
    if (customerPrefixBits !== undefined && behind !== undefined) {
      const length = Math.min(customerPrefixBits, behind.length);
      const ip6 = subscriberPrefix(behind.value, length);
      return tags.inside(realm, { ip4: undefined, ip6, ...known });
    }
    if (inside.ip4 === undefined && inside.ip6 === undefined) return undefined;
    return tags.inside(realm, { ...inside, ...known, tunnel: inside.tunnel });
  };

const destinationTag =
  (tags: OpaqueTags) =>
  ({ dest }: LeaseInterval) => {
    const ip: IpAddress | undefined = dest?.ip4 === undefined ? undefined : ipv4Address(dest.ip4);
    return dest === undefined || ip === undefined ? undefined : tags.destination(ip, dest.port);
  };
