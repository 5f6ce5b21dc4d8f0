import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { demonstrationAuthorities } from '@tutela/clearinghouse-desk';
import { z } from 'zod';
import { usualEvery } from '../config/fetch-every.js';
import { feedBook, keepFeed } from '../node/feeds.js';
import type { Node } from '../node/node.js';
import { granted } from '../policy/refusals.js';
import { askFor } from './ask.js';

/** Which invented authorities got which report, and what one of them fetched. */
export interface DemoReferrals {
  readonly authorities: ReadonlyMap<string, readonly string[]>;
  /** Absent where no report could be referred. */
  readonly line?: string;
}

const actor = 'demonstration';
const waitSeconds = 30;

/**
 * The clearinghouse judges the reports and refers them to authorities that do not exist; the investigator desk, in the
 * place of each, fetches its own over the feed with the credential that was issued to it. The feeds stay configured, so
 * that people fetch what comes later.
 */
export const referDemoReports = async (
  node: Node,
  reports: readonly string[],
  tell: (line: string) => void,
): Promise<DemoReferrals> => {
  tell('demonstration: referring reports to invented authorities, and fetching them over their feeds');
  const { clearinghouse, investigator } = node.workplace.desks;
  const { routing } = clearinghouse;
  if ((await routing.authorities()).length === 0) {
    granted(await routing.importRegistry({ text: await readFile(demonstrationAuthorities, 'utf8'), by: actor }));
  }
  const authorities = new Map<string, readonly string[]>();
  for (const report of reports) authorities.set(report, await authoritiesOf(node, report));
  const pulled: string[] = [];
  for (const authority of new Set([...authorities.values()].flat())) {
    const { credential } = granted(await routing.issueFeedCredential({ authorityId: authority, by: actor }));
    const address = { baseUrl: node.origin, authority, credential };
    const got = granted(await investigator.pullReferrals({ address, actor }));
    // Once it was fetched: from then on the node fetches by itself.
    await keepFeed(node.workplace.config.dataFolder, authority, { address, everyMinutes: usualEvery });
    pulled.push(`${authority} fetched ${got.reports} of ${countOf(authorities, authority)} reports over its feed`);
  }
  return { authorities, ...(pulled.length === 0 ? {} : { line: pulled.join('\n') }) };
};

/** The clearinghouse of the demonstration is this node, which has another address each time it starts. */
export const moveDemoFeeds = async ({ origin, workplace }: Node): Promise<void> => {
  const { config, desks } = workplace;
  const { dataFolder } = config;
  for (const feed of await feedBook(dataFolder)()) {
    if (feed.state !== 'ready' || feed.address.baseUrl === origin) continue;
    const { authority, baseUrl: from } = feed.address;
    await desks.investigator.moveFeed({ authority, from, to: origin });
    await keepFeed(dataFolder, feed.name, { ...feed, address: { ...feed.address, baseUrl: origin } });
  }
};

const countOf = (authorities: DemoReferrals['authorities'], authority: string): number =>
  [...authorities.values()].filter((ids) => ids.includes(authority)).length;

const routings = z.object({ routings: z.array(z.object({ authorityId: z.string().nullable() })) });

/** Waits until the report was judged and routed; one without a country has no authority. */
const authoritiesOf = async (node: Node, report: string): Promise<readonly string[]> => {
  const { clearinghouse } = node.workplace.desks;
  for (let second = 0; second < waitSeconds; second += 0.1) {
    await clearinghouse.triage();
    await clearinghouse.routing.route();
    const found = routings.parse(await (await askFor(node, `/clearinghouse/routings/${report}`)).json()).routings;
    if (found.length > 0) return found.flatMap(({ authorityId }) => authorityId ?? []);
    await sleep(100);
  }
  return [];
};
