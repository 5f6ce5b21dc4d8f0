import { done, type Outcome, refused } from '@tutela/core';
import { parseIpv4 } from '../observation/ipv4.js';
import type { StaticPortRow, StaticPortsRule } from './static-ports.js';

/**
 * Source-NAT rules of a RouterOS configuration export (`/ip firewall nat`, actions `netmap` and `src-nat`) that give
 * one inside address ports of one outside address. Rules for TCP and UDP alike become one row. A rule that names
 * ranges of addresses is refused with its number: which inside address then has which ports is not in the export.
 */
export const readRouterOsExport = (text: string): Outcome<StaticPortsRule, 'RULE_MALFORMED'> => {
  const rows = new Map<string, StaticPortRow>();
  const joined = text.replaceAll(/\\\r?\n\s*/g, '');
  let section = '';
  for (const [index, raw] of joined.split(/\r?\n/).entries()) {
    const line = raw.trim();
    if (line.startsWith('/')) section = line;
    if (!section.startsWith('/ip firewall nat') || !/^(?:add|\/ip firewall nat add) /.test(line)) continue;
    const values = valuesOf(line);
    const action = values.get('action');
    if (values.get('chain') !== 'srcnat' || (action !== 'netmap' && action !== 'src-nat')) continue;
    if (values.get('disabled') === 'yes') continue;
    const row = readRow(values);
    if (row === undefined)
      return refused('RULE_MALFORMED', `rule in line ${index + 1}: not one address to ports of one address`);
    rows.set(`${row.inside}|${row.outside}|${row.portFirst}|${row.portLast}`, row);
  }
  return done({ kind: 'static-ports', rows: [...rows.values()] });
};

const valuesOf = (line: string): ReadonlyMap<string, string> =>
  new Map(
    [...line.matchAll(/ ([a-z-]+)=(?:"([^"]*)"|(\S*))/g)].map(([, name, quoted, plain]) => [name!, quoted ?? plain!]),
  );

const readRow = (values: ReadonlyMap<string, string>): StaticPortRow | undefined => {
  const inside = single(values.get('src-address'));
  const outside = single(values.get('to-addresses'));
  const range = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(values.get('to-ports') ?? '');
  if (inside === undefined || outside === undefined || range === null) return undefined;
  const portFirst = Number(range[1]);
  const portLast = Number(range[2] ?? range[1]);
  return portLast > 65_535 || portLast < portFirst ? undefined : { inside, outside, portFirst, portLast };
};

const single = (text: string | undefined): number | undefined => parseIpv4((text ?? '').replace(/\/32$/, ''));
