import { createHash } from 'node:crypto';
import { systemClock, toInstant } from '@tutela/core';
import { type CybertipClient, createCybertipClient, type Report, type ReportNumber } from '@tutela/cybertip';
import { encode, makePicture } from '@tutela/testkit';
import type { Node } from '../node/node.js';
import { granted } from '../policy/refusals.js';
import { type OtherReport, otherReports } from './other-reports.js';

const username = 'demonstration-chat';
const service = 'Example Chat';

/** A second service files what a clearinghouse gets besides, over the protocol, so that its queue has an order to tell. */
export const fileOtherReports = async (node: Node, tell: (line: string) => void): Promise<void> => {
  tell(`demonstration: another service files ${otherReports.length} reports of differing urgency`);
  const { clearinghouse } = node.workplace.desks;
  const { password } = await clearinghouse.issueCredentials({ username, organisation: service });
  const client = createCybertipClient({ baseUrl: `${node.origin}/ispws`, environment: 'test', username, password });
  for (const one of otherReports) await file(client, one);
};

const file = async (client: CybertipClient<'test'>, one: OtherReport): Promise<void> => {
  const number = granted(await client.submit(reportOf(one)));
  const bytes = await encode(makePicture(one.seed), { format: 'png' });
  const md5 = createHash('md5').update(bytes).digest('hex');
  const name = `picture-${one.seed}.png`;
  const { fileId } = granted(await client.upload({ reportId: number, file: { name, bytes }, md5 }));
  granted(await client.fileinfo({ ...one.file, reportId: number as ReportNumber, fileId, originalFileName: name }));
  granted(await client.finish(number));
};

const reportOf = ({ minutesAgo, incident, account, ip, more }: OtherReport): Report => {
  const dateTime = toInstant(new Date(Date.parse(systemClock.now()) - minutesAgo * 60_000));
  const captured = ip === undefined ? [] : [{ ipAddress: ip, eventName: 'Login' as const, dateTime, port: 51_000 }];
  return {
    incidentSummary: {
      ...incident,
      platform: service,
      incidentDateTime: dateTime,
      incidentDateTimeDescription: 'When the service noticed it.',
    },
    reporter: { reportingPerson: { email: [{ value: 'safety@chat.example' }] } },
    personOrUserReported: [{ espIdentifier: account, espService: service, ipCaptureEvent: captured }],
    ...more,
  };
};
