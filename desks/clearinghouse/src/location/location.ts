import type { FileDetails, Report } from '@tutela/cybertip';
import type { RangeData, RangeSource } from '@tutela/ranges';

/**
 * One place in a report that points at a country. `path` names the place; the address itself stays in the report.
 * `weight`: `shown` signals are for the eye only, they decide nothing.
 */
export interface Signal {
  readonly kind: 'ip-address' | 'estimated-location' | 'stated-address';
  readonly path: string;
  /** Absent: the range data does not hold the address. */
  readonly country?: string;
  readonly weight: 'decides' | 'shown';
  /** Why a signal decides nothing. */
  readonly reason?: 'possible-proxy' | 'not-in-range-data';
}

/** To which country a report points. Signals that disagree are a finding for a person, never averaged. */
export interface Location {
  readonly outcome: 'one-country' | 'conflicting' | 'unknown';
  /** Sorted ISO 3166 codes. */
  readonly countries: readonly string[];
  readonly signals: readonly Signal[];
  /** The data sets that were asked; none where the operator supplied none. */
  readonly sources: readonly RangeSource[];
}

/** The reported person's country by what the report says: addresses of their connections and stated places. */
export const locationOf = (report: Report, files: readonly FileDetails[], ranges: RangeData | undefined): Location => {
  const signals = [
    ...(report.personOrUserReported ?? []).flatMap((person, at) => signalsOfPerson(person, at + 1, ranges)),
    ...files.flatMap(({ ipCaptureEvent, fileId }) =>
      ipCaptureEvent === undefined
        ? []
        : [ipSignal(ipCaptureEvent, `/fileDetails[fileId="${fileId}"]/ipCaptureEvent`, ranges)],
    ),
  ];
  const deciding = signals.filter(({ weight }) => weight === 'decides').flatMap(({ country }) => country ?? []);
  const countries = [...new Set(deciding)].toSorted();
  return {
    outcome: countries.length === 0 ? 'unknown' : countries.length === 1 ? 'one-country' : 'conflicting',
    countries,
    signals,
    sources: ranges === undefined ? [] : [ranges.source],
  };
};

type Person = NonNullable<Report['personOrUserReported']>[number];
type IpEvent = NonNullable<Person['ipCaptureEvent']>[number];

const signalsOfPerson = (person: Person, at: number, ranges: RangeData | undefined): readonly Signal[] => {
  const path = `/report/personOrUserReported[${at}]`;
  const estimated = person.estimatedLocation?.countryCode;
  const addresses = person.personOrUserReportedPerson?.address ?? [];
  return [
    ...(person.ipCaptureEvent ?? []).map((event, place) =>
      ipSignal(event, `${path}/ipCaptureEvent[${place + 1}]`, ranges),
    ),
    ...stated('estimated-location', `${path}/estimatedLocation/countryCode`, estimated),
    ...addresses.flatMap(({ country }, place) =>
      stated('stated-address', `${path}/personOrUserReportedPerson/address[${place + 1}]/country`, country),
    ),
  ];
};

const ipSignal = (event: IpEvent, path: string, ranges: RangeData | undefined): Signal => {
  const country = ranges?.countryOf(event.ipAddress.trim());
  if (country === undefined) return { kind: 'ip-address', path, weight: 'shown', reason: 'not-in-range-data' };
  // The far end of a proxy says where the proxy stands.
  if (event.possibleProxy === true) {
    return { kind: 'ip-address', path, country, weight: 'shown', reason: 'possible-proxy' };
  }
  return { kind: 'ip-address', path, country, weight: 'decides' };
};

/** Codes in NCMEC's list that are no country: anonymous proxy, satellite, other, Asia-Pacific, Europe. */
const noCountry = new Set(['', 'A1', 'A2', 'O1', 'AP', 'EU']);

const stated = (
  kind: 'estimated-location' | 'stated-address',
  path: string,
  country: string | undefined,
): readonly Signal[] =>
  country === undefined || noCountry.has(country) ? [] : [{ kind, path, country, weight: 'decides' }];
