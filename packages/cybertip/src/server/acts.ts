import type { FastifyRequest } from 'fastify';
import { type Reading, readFileDetails, readReport } from '../documents.js';
import { type Finding, type Findings, findingLine } from '../finding.js';
import type { ReportNumber } from '../schema/values.js';
import { type Answer, coded } from './answer.js';
import type { ServerContext } from './context.js';
import { readId } from './form.js';
import { type Prior, priorReports } from './prior-reports.js';
import type { HeldReport, Reporter } from './report-store.js';
import { type Act, decide } from './state.js';

/** `POST /submit`: opens a report. */
export const submit = async (request: FastifyRequest, reporter: Reporter, context: ServerContext): Promise<Answer> => {
  const document = documentOf(request);
  const reading = await checkedByOperator(readReport(document, readOptions(request, context)), request, context);
  if (reading.kind !== 'valid') return refusalOfReading(reading);
  const priors = priorReports(reading.value);
  const unknown = new Set(await context.store.missing(priors.map(({ number }) => number)));
  if (unknown.size > 0) return invalid(priors.filter(({ number }) => unknown.has(number)).map(unknownPrior));
  const at = context.clock.now();
  const reportId = await context.store.open({ reporter, report: reading.value, document, at });
  return coded('success', { reportId });
};

/** `POST /fileinfo`: describes an uploaded file. */
export const fileinfo = async (
  request: FastifyRequest,
  reporter: Reporter,
  context: ServerContext,
): Promise<Answer> => {
  const document = documentOf(request);
  const reading = await checkedByOperator(readFileDetails(document, readOptions(request, context)), request, context);
  if (reading.kind !== 'valid') return refusalOfReading(reading);
  const details = reading.value;
  return await act(reporter, details.reportId, context, async (held) => ({
    kind: 'fileinfo',
    details,
    document,
    file: await held.file(details.fileId),
  }));
};

/** `POST /finish`: closes a report for good. */
export const finish = async (request: FastifyRequest, reporter: Reporter, context: ServerContext): Promise<Answer> => {
  const reportId = await readId(request);
  if (reportId === undefined) return withoutId;
  const answer = await act(reporter, reportId, context, async (held) => ({
    kind: 'finish',
    report: await held.report(),
    files: await held.files(),
  }));
  return inOwnDocument(answer, reportId);
};

/**
 * Clients read nothing but `reportDoneResponse` here, refusals included. Only what is wrong with a batched report needs
 * words, and so the other document.
 */
const inOwnDocument = (answer: Answer, reportId: ReportNumber): Answer =>
  answer.kind === 'report-done' || answer.code === 'validation-failed'
    ? answer
    : { kind: 'report-done', code: answer.code, reportId, files: [] };

/** `POST /retract`: cancels an open report. */
export const retract = async (request: FastifyRequest, reporter: Reporter, context: ServerContext): Promise<Answer> => {
  const reportId = await readId(request);
  return reportId === undefined
    ? withoutId
    : await act(reporter, reportId, context, () => Promise.resolve({ kind: 'retract' }));
};

const withoutId = coded('invalid-request', { reason: 'field id holds no report number' });

const act = async (
  reporter: Reporter,
  reportId: ReportNumber,
  { store, clock }: ServerContext,
  actOn: (held: HeldReport) => Promise<Act>,
): Promise<Answer> =>
  await store.change(reporter, reportId, async (held) => {
    // A report that is not open has no facts any more; any act on it is refused alike.
    const wanted: Act = held.state?.kind !== 'open' ? { kind: 'retract' } : await actOn(held);
    const { effect, answer } = decide(held.state, reportId, wanted, clock.now());
    if (effect !== undefined) await held.apply(effect);
    return answer;
  });

const documentOf = (request: FastifyRequest): Uint8Array =>
  Buffer.isBuffer(request.body) ? request.body : new Uint8Array();

const readOptions = (request: FastifyRequest, { mode, version, clock }: ServerContext) => {
  const contentType = request.headers['content-type'];
  return { mode, version, now: clock.now(), ...(contentType === undefined ? {} : { contentType }) };
};

/** With the findings of the operator's schema, if there is one; those alone make a document invalid. */
const checkedByOperator = async <Value>(
  reading: Reading<Value>,
  request: FastifyRequest,
  { xsd }: ServerContext,
): Promise<Reading<Value>> => {
  if (xsd === undefined || reading.kind === 'unreadable') return reading;
  const operatorXsd = await xsd.check(documentOf(request), request.headers['content-type']);
  const findings = { ...reading.findings, operatorXsd };
  return reading.kind === 'valid' && operatorXsd.length === 0
    ? { ...reading, findings }
    : { kind: 'invalid', findings };
};

const refusalOfReading = (reading: Exclude<Reading<unknown>, { kind: 'valid' }>): Answer =>
  reading.kind === 'unreadable'
    ? coded('malformed-xml', { reason: reading.reason.message })
    : invalid(refusingFindings(reading.findings));

/** As long as the schema has any, the rules had no document to judge. */
const refusingFindings = ({ schema, rules, operatorXsd = [] }: Findings): readonly Finding[] => [
  ...(schema.length > 0 ? schema : rules),
  ...operatorXsd,
];

const mostTold = 20;
const invalid = (findings: readonly Finding[]): Answer =>
  coded('validation-failed', { reason: findings.slice(0, mostTold).map(findingLine).join('\n') });

const unknownPrior = ({ path, number }: Prior): Finding => ({
  layer: 'rules',
  rule: 'report.prior-report-exists',
  path,
  message: `report ${number} does not exist`,
  remedy: 'Name the number that the earlier report was given.',
});
