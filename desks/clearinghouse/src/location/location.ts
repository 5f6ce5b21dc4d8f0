import { isIP } from 'node:net';
import type { FileDetails, Report } from '@tutela/cybertip';
import type { AddressMark, MarkedAddresses, RangeData, RangeSource } from '@tutela/ranges';
import { countryOfPhone } from './phone-country.js';

/** What an operator supplies to tell countries by. */
export interface LocationData {
  /** Of several data sets each is asked; where two differ, their signals disagree. */
  readonly ranges: readonly RangeData[];
  /** Relays, hosting and proxies. */
  readonly marks?: MarkedAddresses;
}

/**
 * One place in a report that points at a country. `path` names the place; the address itself stays in the report.
 * `weight`: `shown` signals are for the eye only, they decide nothing.
 */
export interface Signal {
  /** `page-host`: where a page lies, of a report that names nobody. */
  readonly kind: 'ip-address' | 'estimated-location' | 'stated-address' | 'phone-prefix' | 'page-host';
  readonly path: string;
  /** Absent: no data set holds the address. */
  readonly country?: string;
  /** The data set that named the country, where one did. */
  readonly source?: string;
  readonly weight: 'decides' | 'shown';
  /** Why a signal decides nothing: the reporter or a list says that the connection's far end stands elsewhere. */
  readonly reason?: 'possible-proxy' | 'not-in-range-data' | AddressMark;
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
export const locationOf = (report: Report, files: readonly FileDetails[], data: LocationData): Location => {
  const signals = [
    ...(report.personOrUserReported ?? []).flatMap((person, at) => signalsOfPerson(person, at + 1, data)),
    ...files.flatMap(({ ipCaptureEvent, fileId }) =>
      ipCaptureEvent === undefined
        ? []
        : ipSignals(ipCaptureEvent, `/fileDetails[fileId="${fileId}"]/ipCaptureEvent`, data),
    ),
  ];
  // Of a report of an address alone, where that lies is all there is.
  if (signals.length === 0 && (report.personOrUserReported ?? []).length === 0)
    signals.push(...pageHosts(report, data));
  const deciding = signals.filter(({ weight }) => weight === 'decides').flatMap(({ country }) => country ?? []);
  const countries = [...new Set(deciding)].toSorted();
  const { ranges, marks } = data;
  return {
    outcome: countries.length === 0 ? 'unknown' : countries.length === 1 ? 'one-country' : 'conflicting',
    countries,
    signals,
    sources: [...ranges, ...(marks === undefined ? [] : [marks])].map(({ source }) => source),
  };
};

type Person = NonNullable<Report['personOrUserReported']>[number];
type IpEvent = NonNullable<Person['ipCaptureEvent']>[number];

const signalsOfPerson = (person: Person, at: number, data: LocationData): readonly Signal[] => {
  const path = `/report/personOrUserReported[${at}]`;
  const inPerson = `${path}/personOrUserReportedPerson`;
  const { address = [], phone = [] } = person.personOrUserReportedPerson ?? {};
  return [
    ...(person.ipCaptureEvent ?? []).flatMap((event, place) =>
      ipSignals(event, `${path}/ipCaptureEvent[${place + 1}]`, data),
    ),
    ...stated('estimated-location', `${path}/estimatedLocation/countryCode`, person.estimatedLocation?.countryCode),
    ...address.flatMap(({ country }, place) =>
      stated('stated-address', `${inPerson}/address[${place + 1}]/country`, country),
    ),
    ...phone.flatMap((number, place) =>
      stated('phone-prefix', `${inPerson}/phone[${place + 1}]/value`, countryOfPhone(number)),
    ),
  ];
};

/** Hosts that are written as addresses. Names are never resolved: that would tell of the report. */
const pageHosts = ({ internetDetails = [] }: Report, data: LocationData): readonly Signal[] =>
  internetDetails.flatMap((details, at) =>
    ('webPageIncident' in details ? (details.webPageIncident.url ?? []) : []).flatMap((url, place) => {
      const host = URL.canParse(url) ? new URL(url).hostname.replace(/^\[(.*)\]$/, '$1') : '';
      if (isIP(host) === 0) return [];
      const path = `/report/internetDetails[${at + 1}]/webPageIncident/url[${place + 1}]`;
      return ipSignals({ ipAddress: host }, path, data).map((signal) => ({ ...signal, kind: 'page-host' as const }));
    }),
  );

const ipSignals = (event: IpEvent, path: string, { ranges, marks }: LocationData): readonly Signal[] => {
  const address = event.ipAddress.trim();
  const [mark] = marks?.marksOf(address) ?? [];
  // The far end of a proxy says where the proxy stands.
  const elsewhere = mark ?? (event.possibleProxy === true ? 'possible-proxy' : undefined);
  const found = ranges.flatMap(({ countryOf, source }): readonly Signal[] => {
    const country = countryOf(address);
    if (country === undefined) return [];
    const signal = { kind: 'ip-address', path, country, source: source.name } as const;
    return [
      elsewhere === undefined ? { ...signal, weight: 'decides' } : { ...signal, weight: 'shown', reason: elsewhere },
    ];
  });
  return found.length > 0
    ? found
    : [{ kind: 'ip-address', path, weight: 'shown', reason: elsewhere ?? 'not-in-range-data' }];
};

/** Codes in NCMEC's list that are no country: anonymous proxy, satellite, other, Asia-Pacific, Europe. */
const noCountry = new Set(['', 'A1', 'A2', 'O1', 'AP', 'EU']);

const stated = (
  kind: 'estimated-location' | 'stated-address' | 'phone-prefix',
  path: string,
  country: string | undefined,
): readonly Signal[] =>
  country === undefined || noCountry.has(country) ? [] : [{ kind, path, country, weight: 'decides' }];
