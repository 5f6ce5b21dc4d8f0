import type { Random } from '../picture/random.js';
import { whole } from '../picture/random.js';

/** Addresses of one provider of a synthetic Internet: a block of 198.18.0.0/15 (RFC 2544) and one of 2001:db8::/32. */
export interface Provider {
  readonly country: string;
  /** As a registry's delegated statistics name holders: opaque. */
  readonly holder: string;
  readonly name: string;
  readonly contact: string;
  /** Of 256 addresses each, counted from 198.18.0.0. */
  readonly blocks: readonly number[];
}

const largeCountries: Readonly<Record<string, number>> = { US: 24, DE: 8, JP: 8, RU: 8, CA: 6, GB: 6, FR: 6 };
const usualBlocks = 4;
const registryDay = '2015-01-31';

/** Two to six providers a country, in blocks that no other country has. */
export const providersOf = (countries: readonly string[]): readonly Provider[] => {
  let next = 0;
  return countries.flatMap((country) => {
    const blocks = largeCountries[country] ?? usualBlocks;
    const each = country === 'US' ? 4 : 2;
    return Array.from({ length: blocks / each }, (_, at): Provider => {
      const first = next;
      next += each;
      return {
        country,
        holder: `holder-${country.toLowerCase()}-${at + 1}`,
        name: `Synthetic Access ${country} ${at + 1}`,
        contact: `legal@access-${at + 1}.${country.toLowerCase()}.example`,
        blocks: Array.from({ length: each }, (__, block) => first + block),
      };
    });
  });
};

export const addressIn = (random: Random, { blocks }: Provider, family: 4 | 6): string => {
  const block = blocks[whole(random, 0, blocks.length - 1)]!;
  if (family === 6) return `2001:db8:${block.toString(16)}::${whole(random, 1, 0xfffe).toString(16)}`;
  return `${networkOf(block)}.${whole(random, 1, 254)}`;
};

const networkOf = (block: number): string => `198.${18 + (block >> 8)}.${block & 0xff}`;

/** Delegated statistics in the registries' common format, extended by the holder; `wrong` of them name another country. */
export const delegatedStatistics = (
  providers: readonly Provider[],
  { registry, wrong }: { readonly registry: string; readonly wrong: ReadonlyMap<string, string> },
): string => {
  const day = registryDay.replaceAll('-', '');
  const records = providers.flatMap(({ country, holder, blocks }) => {
    const shown = wrong.get(holder) ?? country;
    return blocks.flatMap((block) => [
      `${registry}|${shown}|ipv4|${networkOf(block)}.0|256|${day}|allocated|${holder}`,
      `${registry}|${shown}|ipv6|2001:db8:${block.toString(16)}::|48|${day}|allocated|${holder}`,
    ]);
  });
  const count = (family: string): number => records.filter((line) => line.includes(`|${family}|`)).length;
  return [
    `2|${registry}|${day}|${records.length}|20100101|${day}|+0000`,
    `${registry}|*|ipv4|*|${count('ipv4')}|summary`,
    `${registry}|*|ipv6|*|${count('ipv6')}|summary`,
    ...records,
    '',
  ].join('\n');
};

/** Who stands behind a holder, as an operator would keep it: `holder,name,contact`. */
export const providerNames = (providers: readonly Provider[]): string =>
  ['holder,name,contact', ...providers.map(({ holder, name, contact }) => `${holder},${name},${contact}`), ''].join(
    '\n',
  );
