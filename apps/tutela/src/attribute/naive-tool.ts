import { type OpaqueTag, type SegmentReader, touching } from '@tutela/attribution';
import { dayMs } from './parameters.js';

/**
 * What tools do that name whoever is found (attribution.md §2.3): everybody who held the port within ± `withinMs`, the
 * nearest in time first. No clock errors, no gaps, no doubts.
 * @param segments one a day, in order
 */
export const naiveAnswer = (
  segments: readonly SegmentReader[],
  {
    ip,
    port,
    at,
    withinMs,
  }: { readonly ip: number; readonly port: number; readonly at: number; readonly withinMs: number },
): readonly OpaqueTag[] => {
  const start = segments[0]!.header.period.from;
  const [from, to] = [at - withinMs, at + withinMs];
  const found: { readonly holder: OpaqueTag; readonly away: number }[] = [];
  for (let day = placeOf(from, start); day <= placeOf(to, start); day++) {
    const segment = segments[day];
    if (segment === undefined) continue;
    const key = { kind: 'ipv4', value: ip } as const;
    for (const hit of touching(segment, { key, proto: undefined, port, destination: undefined, from, to }).hits) {
      const away = hit.from > at ? hit.from - at : Math.max(0, at - hit.to);
      found.push({ holder: segment.holder(hit.holder), away });
    }
  }
  found.sort((one, other) => one.away - other.away);
  return [...new Set(found.map(({ holder }) => holder))];
};

const placeOf = (at: number, start: number): number => Math.floor((at - start) / dayMs);
