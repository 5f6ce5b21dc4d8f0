import type { Report } from '@tutela/cybertip';

/** As `RequestRecord` takes it. */
export interface ReportTarget {
  readonly type: 'account' | 'email' | 'ip';
  readonly value: string;
  readonly port?: number;
  readonly from?: string;
  readonly to?: string;
  readonly service?: string;
}

const most = 100;

/**
 * What a report says of accounts and connections, as a request names them: accounts by the service's own identifier,
 * e-mail addresses, and addresses with port and moment. Each once, in the order of the report; the first 100.
 */
export const targetsOfReport = (report: Report): readonly ReportTarget[] => {
  const people = report.personOrUserReported ?? [];
  const targets = people.flatMap((person): readonly ReportTarget[] => {
    const service = person.espService === undefined ? {} : { service: person.espService };
    const named = person.espIdentifier ?? person.screenName;
    return [
      ...(named === undefined ? [] : [{ type: 'account' as const, value: named, ...service }]),
      ...(person.personOrUserReportedPerson?.email ?? []).map(({ value }) => ({ type: 'email' as const, value })),
      ...(person.ipCaptureEvent ?? []).map(({ ipAddress, port, dateTime }) => ({
        type: 'ip' as const,
        value: ipAddress,
        ...(port === undefined ? {} : { port }),
        ...(dateTime === undefined ? {} : { from: dateTime, to: dateTime }),
        ...service,
      })),
    ];
  });
  return [...new Map(targets.map((target) => [JSON.stringify(target), target])).values()].slice(0, most);
};
