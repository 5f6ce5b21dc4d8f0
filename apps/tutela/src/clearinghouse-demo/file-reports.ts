import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type CybertipClient, createCybertipClient, type ReportNumber, uploadIntact } from '@tutela/cybertip';
import type { FiledReport, MadeReport } from '@tutela/testkit';
import { TutelaError } from '../tutela-error.js';
import type { NodeCrew } from './node-crew.js';

export interface Account {
  readonly username: string;
  readonly password: string;
}

export interface FilingDeps {
  readonly crew: NodeCrew;
  /** One for each service of the world. */
  readonly accounts: readonly Account[];
  /** Called after each report that is finished, with how many are. */
  readonly filed: (count: number) => void;
}

/** Requests under way at once. */
const connections = 24;

/**
 * Files reports as services do, over HTTP, each with all that its protocol asks: a report whose answer is lost is looked
 * for (`/retract` is the only probe, protocols.md §1.4) before it is filed again.
 * @returns how many reports were begun again, since a node was gone
 */
export const fileReports = async (deps: FilingDeps, reports: readonly MadeReport[]): Promise<number> => {
  let next = 0;
  let finished = 0;
  let again = 0;
  const work = async (connection: number): Promise<void> => {
    for (let made = reports[next++]; made !== undefined; made = reports[next++]) {
      const attempts = await fileOne(deps, made, connection);
      again += attempts - 1;
      finished += 1;
      deps.filed(finished);
    }
  };
  await Promise.all(Array.from({ length: connections }, (_, connection) => work(connection)));
  return again;
};

/** @returns in which attempt it was finished */
const fileOne = async ({ crew, accounts }: FilingDeps, made: MadeReport, connection: number): Promise<number> => {
  const account = accounts[made.reporter];
  if (account === undefined) throw new RangeError(`no account for service ${made.reporter}`);
  const filed = made.filed();
  for (let attempt = 1; ; attempt++) {
    const client = async (): Promise<CybertipClient<'test'>> =>
      clientFor((await crew.at(connection + attempt)).origin, account);
    const opened = await (await client()).submit(filed.report);
    if (opened.kind === 'refused') throw refusal(made, opened.reason);
    if (opened.kind === 'done' && (await complete(client, filed, opened.value, made)) === 'finished') return attempt;
    await sleep(50);
  }
};

const clients = new Map<string, CybertipClient<'test'>>();
const clientFor = (origin: string, { username, password }: Account): CybertipClient<'test'> => {
  const key = `${origin} ${username}`;
  const known = clients.get(key);
  if (known !== undefined) return known;
  const client = createCybertipClient({ baseUrl: `${origin}/ispws`, environment: 'test', username, password });
  clients.set(key, client);
  return client;
};

type Connect = () => Promise<CybertipClient<'test'>>;

const complete = async (
  connect: Connect,
  { files }: FiledReport,
  reportId: ReportNumber,
  made: MadeReport,
): Promise<'finished' | 'to-be-filed-again'> => {
  const client = await connect();
  for (const { name, bytes, details } of files) {
    const md5 = createHash('md5').update(bytes).digest('hex');
    const uploaded = await uploadIntact(client, { reportId, file: { name, bytes }, md5 });
    if (uploaded.kind === 'refused') throw refusal(made, uploaded.reason);
    if (uploaded.kind !== 'done') return probe(connect, reportId);
    const described = await client.fileinfo({ ...details, reportId, fileId: uploaded.value.fileId });
    if (described.kind === 'refused') throw refusal(made, described.reason);
    if (described.kind !== 'done') return probe(connect, reportId);
  }
  const ended = await client.finish(reportId);
  if (ended.kind === 'refused') throw refusal(made, ended.reason);
  return ended.kind === 'done' ? 'finished' : probe(connect, reportId);
};

/** Whether a report was finished though nobody said so; if not, it is none any more. */
const probe = async (connect: Connect, reportId: ReportNumber): Promise<'finished' | 'to-be-filed-again'> => {
  for (;;) {
    const answer = await (await connect()).retract(reportId);
    if (answer.kind === 'done') return 'to-be-filed-again';
    if (answer.kind === 'refused') return answer.reason.code === 'report-finished' ? 'finished' : 'to-be-filed-again';
    await sleep(50);
  }
};

const refusal = ({ truth }: MadeReport, { code, message }: { readonly code: string; readonly message: string }) =>
  new TutelaError('internal', `${truth.key} was refused: ${message} (${code}).`, 'This is a fault of Tutela.');
