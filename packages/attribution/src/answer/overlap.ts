import type { Found } from '../look-up/holder-source.js';
import type { Asked } from '../look-up/resolve-chain.js';
import type { Observation } from '../observation/observation.js';

/**
 * Two holders of the same ports at the same time, with no destination to tell them apart: the device or its log errs
 * (UPG-VPP #191), and nobody may choose between them. Only a question that names ports can tell.
 */
export const overlapsAt = (outside: readonly Asked[], { port, proto }: Observation): 'overlap' | 'none' => {
  for (const { findings, source } of outside) {
    const certain = findings.found.filter(
      ({ certainty, extent }) =>
        certainty === 'certain' && (extent === 'whole' || (port !== undefined && proto !== undefined)),
    );
    const apart = source.ports === 'one-holder-per-destination' ? 'by-destination' : 'never';
    if (certain.some((one, place) => certain.slice(place + 1).some((other) => isOverlap(one, other, apart)))) {
      return 'overlap';
    }
  }
  return 'none';
};

const isOverlap = (one: Found, other: Found, apart: 'by-destination' | 'never'): boolean => {
  const sameHolder =
    one.link.kind === 'tag'
      ? other.link.kind === 'tag' && one.link.tag === other.link.tag
      : other.link.kind === 'prefix' && one.link.prefix.value === other.link.prefix.value;
  const toldApart = apart === 'by-destination' && one.destination !== other.destination;
  return !sameHolder && !toldApart && Math.max(one.from, other.from) < Math.min(one.to, other.to);
};
