import { geoNaturalEarth1, geoPath } from 'd3-geo';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import atlas from 'world-atlas/countries-110m.json' with { type: 'json' };
import { useTongue } from '../../app/tongue.js';
import { alpha2Of } from './iso-numeric.js';
import type { Step } from './steps.js';

export interface WorldMapProps {
  readonly label: string;
  /** By alpha-2. */
  readonly steps: ReadonlyMap<string, Step>;
  readonly onOpen?: (country: string) => void;
}

const world = atlas as unknown as Topology<{ readonly countries: GeometryCollection<{ readonly name: string }> }>;
/** Without Antarctica, where nobody is a customer: it would take a sixth of the height. */
const antarctica = '010';
const features = feature(world, world.objects.countries).features.filter(({ id }) => id !== antarctica);
const width = 960;
const height = 450;
const draw = geoPath(geoNaturalEarth1().fitSize([width, height], { type: 'FeatureCollection', features }));

/** Shapes by country; what has a count is shaded. Everything on it is in the table that goes with it. */
export const WorldMap = ({ label, steps, onOpen }: WorldMapProps) => {
  const { country: nameOf } = useTongue();
  return (
    <svg className="map" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      {features.map((shape) => {
        const country = shape.id === undefined ? undefined : alpha2Of(String(shape.id));
        const step = country === undefined ? undefined : steps.get(country);
        return (
          // biome-ignore lint/a11y/noStaticElementInteractions: a short cut for the mouse; the table has the same
          <path
            key={shape.properties.name}
            d={draw(shape) ?? ''}
            data-country={country}
            data-step={step}
            onClick={() => {
              if (country !== undefined && step !== undefined) onOpen?.(country);
            }}
          >
            <title>{country === undefined ? shape.properties.name : nameOf(country)}</title>
          </path>
        );
      })}
    </svg>
  );
};
