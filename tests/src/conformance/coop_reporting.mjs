// Lets Coop's own reporting code file one report: BUNDLE BASE_URL USERNAME PASSWORD MEDIA_URL EVENTS. Prints one JSON
// object. Only what Coop takes as a dependency is ours: its settings' row, its tracer, and the host behind its fetch
// function. BASE_URL `-`: even the host is left alone. EVENTS: addresses of the file, of which the schema takes one.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [bundle, baseUrl, username, password, mediaUrl, events] = process.argv.slice(2);
const { NcmecReporting, fetchHTTP } = await import(pathToFileURL(bundle).href);
const { Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } = createRequire(bundle)('kysely');

const settings = {
  org_id: 'org',
  username,
  password,
  contact_email: 'safety@platform.example',
  companyTemplate: 'Example Platform',
  legalURL: 'https://platform.example/legal',
  defaultInternetDetailType: 'WEB_PAGE',
  termsOfService: 'https://platform.example/terms',
};
const kept = [];
const errors = [];

/** Answers Coop's queries for its settings, and notes what it stores. */
const executeQuery = async ({ sql, parameters }) => {
  if (sql.startsWith('select') && sql.includes('ncmec_org_settings')) return { rows: [settings] };
  if (sql.startsWith('insert') && sql.includes('ncmec_reports_errors')) errors.push(parameters);
  else if (sql.startsWith('insert')) kept.push(parameters);
  return { rows: [] };
};
const connection = { executeQuery };
const nothing = async () => undefined;
const driver = {
  init: nothing,
  acquireConnection: async () => connection,
  beginTransaction: nothing,
  commitTransaction: nothing,
  rollbackTransaction: nothing,
  releaseConnection: nothing,
  destroy: nothing,
};
const db = new Kysely({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => driver,
    createIntrospector: (it) => new PostgresIntrospector(it),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

const span = { setAttribute: () => span, recordException: () => undefined };
const tracer = { addSpan: (_, act) => act(span), addActiveSpan: (_, act) => act(span) };

const fixedHost = 'https://exttest.cybertip.org/ispws';
const requests = [];
const redirected = async (query) => {
  if (!query.url.startsWith(fixedHost)) return await fetchHTTP(tracer, query);
  const route = query.url.slice(fixedHost.length);
  const response = await fetchHTTP(tracer, baseUrl === '-' ? query : { ...query, url: baseUrl + route });
  requests.push([route, response.status]);
  return response;
};

const reporting = new NcmecReporting(db, db, redirected, undefined, undefined, undefined, tracer);
// Coop's waits between tries do not keep a process alive by themselves.
setInterval(() => undefined, 1000);
const createdAt = '2026-03-01T10:15:00.000Z';
const result = await reporting.submitReport(
  {
    orgId: 'org',
    reviewerId: 'reviewer-1',
    reportedUser: {
      id: 'u-17',
      typeId: 'user',
      displayName: 'Zoë 🐘 <&>',
      email: 'a@b.example',
      ipCaptureEvent: { ipAddress: '192.0.2.7', eventName: 'Login', dateTime: createdAt, port: 51344 },
    },
    media: [
      {
        id: 'm-1',
        typeId: 'picture',
        url: mediaUrl,
        createdAt,
        industryClassification: 'A1',
        fileAnnotations: ['VIRAL'],
        ipAddress: '192.0.2.8',
        ...(events === '2'
          ? { ipCaptureEvent: { ipAddress: '192.0.2.9', eventName: 'Login', dateTime: createdAt } }
          : {}),
      },
    ],
    threads: [],
    incidentType: 'Child Pornography (possession, manufacture, and distribution)',
    jobId: 'job-1',
  },
  true,
);
process.stdout.write(`${JSON.stringify({ result, requests, reportId: kept[0]?.[1], errors })}\n`);
process.exit(0);
