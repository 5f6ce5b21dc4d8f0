import { parseInstant } from '@tutela/core';
import type { Report } from '../schema/documents.js';
import type { Advice } from './advice.js';

type Person = NonNullable<Report['personOrUserReported']>[number];
type IpEvent = NonNullable<Person['ipCaptureEvent']>[number];

const capture = (
  path: string,
  id: string,
  missing: string,
  reason: string,
  source: string,
  remedy: string,
): Advice => ({
  id,
  path,
  weight: 'attribution',
  missing,
  reason,
  source,
  remedy,
});

/** What one captured address lacks to be traced to a connection. */
export const adviseOnAddress = (event: IpEvent, path: string): readonly Advice[] => [
  ...(event.port === undefined
    ? [
        capture(
          `${path}/port`,
          'address.port',
          'the source port',
          'Providers share one address among thousands of customers; without the port they cannot tell which.',
          'RFC 6302; protocols.md §2.4 row 10',
          'Log the source port at the edge; behind a load balancer take it from PROXY protocol, never the balancer’s own.',
        ),
      ]
    : []),
  ...(event.dateTime === undefined || parseInstant(event.dateTime) === undefined
    ? [
        capture(
          `${path}/dateTime`,
          'address.time',
          'the exact time with its zone',
          'Addresses change hands within minutes; an address without a moment belongs to nobody.',
          'RFC 6302; protocols.md §6.4',
          'Give the moment of the connection to the second, with Z or an offset.',
        ),
      ]
    : []),
  ...(event.possibleProxy === undefined
    ? [
        capture(
          `${path}/possibleProxy`,
          'address.proxy',
          'whether the address may be a proxy’s',
          'A proxy’s address leads to its operator; saying so saves an order to the wrong party.',
          'protocols.md §0 point 5',
          'State true or false from your own proxy and relay lists.',
        ),
      ]
    : []),
];

const identifying = ['espIdentifier', 'screenName', 'profileUrl'] as const satisfies readonly (keyof Person)[];

export const isIdentified = (person: Person): boolean =>
  identifying.some((name) => (person[name]?.length ?? 0) > 0) ||
  (person.personOrUserReportedPerson?.email?.length ?? 0) > 0 ||
  (person.personOrUserReportedPerson?.phone?.length ?? 0) > 0;

export const isLocated = (person: Person): boolean =>
  (person.ipCaptureEvent ?? []).some(
    ({ dateTime }) => dateTime !== undefined && parseInstant(dateTime) !== undefined,
  ) ||
  person.estimatedLocation !== undefined ||
  (person.personOrUserReportedPerson?.address?.length ?? 0) > 0 ||
  (person.personOrUserReportedPerson?.phone?.length ?? 0) > 0;

export const adviseOnPerson = (person: Person, path: string): readonly Advice[] => [
  ...(person.ipCaptureEvent ?? []).flatMap((event, at) => adviseOnAddress(event, `${path}/ipCaptureEvent[${at + 1}]`)),
  ...(isIdentified(person)
    ? []
    : [
        capture(
          path,
          'person.identifier',
          'any identifier of the account',
          'The order that follows has to name an account.',
          'protocols.md §2.4 row 3',
          'Give espIdentifier, and screen name, e-mail and phone where you hold them.',
        ),
      ]),
  ...(isLocated(person)
    ? []
    : [
        capture(
          path,
          'person.location',
          'anything that tells where the person is',
          'More than a tenth of industry reports cannot be routed to any authority.',
          'protocols.md §2.4 row 3',
          'Give the connections of the account with time and port, or an estimated location.',
        ),
      ]),
];
