import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createCybertipClient, type FileDetails, type Report } from '@tutela/cybertip';
import { encode, makePicture } from '@tutela/testkit';
import type { RunningNode } from '../e2e/tutela-process.js';

interface Filing {
  readonly report: Partial<Report>;
  /** Of harmless pictures, each its own. */
  readonly pictures: readonly number[];
  readonly file?: Partial<FileDetails>;
}

const type = {
  production: 'Child Pornography (possession, manufacture, and distribution)',
  travel: 'Child Sex Tourism',
  enticement: 'Online Enticement of Children for Sexual Acts',
} as const;

const incident = (incidentType: Report['incidentSummary']['incidentType'], more = {}): Report['incidentSummary'] => ({
  incidentType,
  platform: 'Example Chat',
  incidentDateTime: '2026-03-01T10:15:00Z',
  incidentDateTimeDescription: 'Time of the upload.',
  ...more,
});

const account = (espIdentifier: string, ipAddress: string, more = {}): NonNullable<Report['personOrUserReported']> => [
  {
    espIdentifier,
    espService: 'Example Chat',
    screenName: espIdentifier.replace('-', ' '),
    ipCaptureEvent: [{ ipAddress, eventName: 'Login', dateTime: '2026-03-01T10:00:00Z', port: 51_344 }],
    ...more,
  },
];

const paraguay = '192.0.2.7';
const unitedStates = '198.51.100.23';
const brazil = '203.0.113.9';
const viral = 40;

/** What a clearinghouse gets: one report of each kind that it treats otherwise, and four of one picture. */
const filings: readonly Filing[] = [
  {
    report: { incidentSummary: incident(type.production), personOrUserReported: account('ordinary-1', unitedStates) },
    pictures: [31],
    file: { fileViewedByEsp: true, uploadedToEspTimestamp: '2026-03-01T10:14:57Z' },
  },
  {
    report: {
      incidentSummary: incident(type.enticement, {
        escalateToHighPriority: 'The account writes to a child of twelve and says it will be at the school today.',
      }),
      personOrUserReported: account('urgent-1', paraguay),
      victim: [{ victimPerson: { age: 12 }, schoolName: 'School No. 5 (invented)' }],
    },
    pictures: [32],
    file: {
      fileViewedByEsp: true,
      uploadedToEspTimestamp: '2026-03-01T10:14:57Z',
      fileAnnotations: { liveStreaming: true },
    },
  },
  {
    report: { incidentSummary: incident(type.travel), personOrUserReported: account('traveller-1', brazil) },
    pictures: [33],
    file: { fileViewedByEsp: false },
  },
  {
    report: {
      incidentSummary: incident(type.production),
      personOrUserReported: account('two-places-1', paraguay, { estimatedLocation: { countryCode: 'AR' } }),
    },
    pictures: [34],
    file: { fileViewedByEsp: true },
  },
  { report: { incidentSummary: incident(type.production) }, pictures: [35] },
  {
    report: { incidentSummary: incident(type.production), personOrUserReported: account('young-1', brazil) },
    pictures: [36],
    file: { fileViewedByEsp: true, fileAnnotations: { possibleSelfProduction: true } },
  },
  ...['reposter-1', 'reposter-2', 'reposter-3', 'reposter-4'].map((name, nth) => ({
    report: {
      incidentSummary: incident(type.production),
      personOrUserReported: account(name, nth % 2 === 0 ? unitedStates : brazil),
    },
    pictures: [viral],
    file: { fileViewedByEsp: true },
  })),
];

/** The registry of invented authorities, for `tutela authority-registry import`. */
export const inventedAuthorities: string = fileURLToPath(
  new URL('../../../desks/clearinghouse/data/demonstration-authorities.csv', import.meta.url),
);

/**
 * Files over the protocol what a service would file, all of it invented, and waits until it was judged.
 * @param password of the reporter `example-chat`
 * @returns numbers of the reports, in the order above
 */
export const fileReports = async (
  { origin, ask }: Pick<RunningNode, 'origin' | 'ask'>,
  password: string,
): Promise<readonly string[]> => {
  const baseUrl = `${origin}/ispws`;
  const client = createCybertipClient({ baseUrl, environment: 'test', username: 'example-chat', password });
  const numbers: string[] = [];
  for (const filing of filings) {
    const reporter = { reportingPerson: { email: [{ value: 'safety@chat.example' }] } };
    const opened = await client.submit({ ...filing.report, reporter } as Report);
    if (opened.kind !== 'done') throw new Error(JSON.stringify(opened.reason));
    for (const seed of filing.pictures) {
      const bytes = await encode(makePicture(seed));
      const md5 = createHash('md5').update(bytes).digest('hex');
      const sent = await client.upload({ reportId: opened.value, file: { name: `picture-${seed}.png`, bytes }, md5 });
      if (sent.kind !== 'done') throw new Error(JSON.stringify(sent.reason));
      if (filing.file === undefined) continue;
      const told = await client.fileinfo({ ...filing.file, reportId: opened.value, fileId: sent.value.fileId });
      if (told.kind !== 'done') throw new Error(JSON.stringify(told.reason));
    }
    await client.finish(opened.value);
    numbers.push(opened.value);
  }
  for (const number of numbers) await judged(ask, number);
  return numbers;
};

const judged = async (ask: RunningNode['ask'], number: string): Promise<void> => {
  for (let attempt = 0; attempt < 200; attempt++) {
    const routed = (await (await ask(`/clearinghouse/routings/${number}`)).json()) as { readonly routings: unknown[] };
    if (routed.routings.length > 0) return;
    await sleep(100);
  }
  throw new Error(`report ${number} was not judged and routed`);
};
