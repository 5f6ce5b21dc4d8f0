import { createHash } from 'node:crypto';
import { rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { openRunCache, openSegment, openSegmentBuilder, touching } from '@tutela/attribution';
import { blockPorts, days, eachLease, start, subscribers } from './leases.mjs';

const mark = {
  certainty: 'certain',
  start: 'observed',
  end: 'observed',
  reach: 'inside',
  precisionMs: 0,
  qualifiers: [],
};
const dayMs = 86_400_000;

const tags = Array.from({ length: subscribers }, (_, subscriber) =>
  createHash('sha256').update(`subscriber ${subscriber}`).digest('hex').slice(0, 32),
);
const numberOf = new Map(tags.map((tag, subscriber) => [tag, subscriber]));

const facts = (period) => ({
  exporter: 'bench',
  inputs: [],
  parsers: [],
  tzVersion: process.versions.tz,
  clockErrorMs: 0,
  ports: 'one-holder',
  inbound: 'logged',
  evidence: 'lossless',
  opening: 'carried',
  received: [period],
  coverage: [],
});

/** CPU time of this process, since the machine may be busy with other things. */
export const secondsSince = (began) => {
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1e6;
};

/** `whole`: one segment over all days, which is what the other tables are. `daily`: one a day, as they are kept. */
export const buildOurs = (work, addresses, form) => {
  const count = form === 'whole' ? 1 : days;
  const length = (days * dayMs) / count;
  const periods = Array.from({ length: count }, (_, place) => ({
    from: start + place * length,
    to: start + (place + 1) * length - 1,
  }));
  const began = performance.now();
  const builders = periods.map((period, place) =>
    openSegmentBuilder({
      work: path.join(work, `${form}-${place}.work`),
      target: path.join(work, `${form}-${place}.seg`),
      keys: 'ipv4',
      destinations: 'discarded',
      period,
      rowsPerChunk: Math.floor(1_000_000 / count),
    }),
  );
  eachLease(addresses, (ip, first, from, to, subscriber) => {
    const holding = {
      key: { kind: 'ipv4', value: ip },
      proto: '*',
      portFirst: first,
      portLast: first + blockPorts - 1,
      from,
      to,
      holder: tags[subscriber],
      destination: undefined,
      mark,
    };
    const last = Math.min(count - 1, Math.floor((to - start) / length));
    for (let place = Math.floor((from - start) / length); place <= last; place++) builders[place].add(holding);
  });
  let peak = process.memoryUsage.rss();
  const written = builders.map((builder, place) => {
    const segment = builder.finish(facts(periods[place]));
    peak = Math.max(peak, process.memoryUsage.rss());
    return segment;
  });
  return {
    paths: written.map((segment) => segment.path),
    records: written.reduce((sum, segment) => sum + segment.records, 0),
    bytes: written.reduce((sum, segment) => sum + statSync(segment.path).size, 0),
    buildMs: performance.now() - began,
    peak,
  };
};

/**
 * Asks every question for the rate, then the first `kept` again for their answers. Opening, with its check of all
 * records, is not in the rate.
 */
export const askOurs = (paths, asked, { records, cacheBytes, kept, rounds }) => {
  const opening = performance.now();
  const cache = cacheBytes === undefined ? {} : { cache: openRunCache(cacheBytes) };
  const segments = paths.map((file) => openSegment(file, { records, ...cache }));
  const openMs = performance.now() - opening;
  const periodOf = (at) =>
    Math.min(segments.length - 1, Math.max(0, Math.floor(((at - start) / (days * dayMs)) * segments.length)));
  const ask = ({ ip, port, from, to }) => {
    const question = { key: { kind: 'ipv4', value: ip }, proto: 6, port, destination: undefined, from, to };
    // Two segments around midnight, otherwise one.
    const first = periodOf(from);
    const last = periodOf(to);
    const { hits } = touching(segments[first], question);
    return first === last ? hits : [...hits, ...touching(segments[last], question).hits];
  };
  let perSecond = 0;
  let found = 0;
  for (let round = 0; round < rounds; round++) {
    const began = process.cpuUsage();
    for (const question of asked) found += ask(question).length;
    perSecond = Math.max(perSecond, asked.length / secondsSince(began));
  }
  // A lease over midnight stands in two segments: one holder.
  const answers = asked
    .slice(0, kept)
    .map((question) => [...new Set(ask(question).map(({ segment, holder }) => numberOf.get(segment.holder(holder))))]);
  for (const segment of segments) segment.close();
  return { perSecond, openMs, found, answers };
};

export const removeOurs = (paths) => {
  for (const file of paths) rmSync(file);
};
