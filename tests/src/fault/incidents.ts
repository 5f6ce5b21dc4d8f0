import { type Fault, openFaultProxy } from '@tutela/testkit';
import type { FilingGround } from './filing-ground.js';
import {
  fileToTheEnd,
  momentsOfAFiling,
  newestReport,
  type OpenedFiling,
  openFiling,
  type ReceivedReport,
  reportsSince,
  requestsOfAFiling,
} from './one-filing.js';

/** One thing that goes wrong in the course of a filing. */
export interface Incident {
  readonly point: string;
  readonly victim: 'worker' | 'server' | 'answer';
  /** Lets it happen to a filing, and files to the end what is left. */
  readonly happen: (ground: FilingGround) => Promise<Aftermath>;
}

export interface Aftermath extends OpenedFiling {
  readonly reports: readonly ReceivedReport[];
}

type Course = (ground: FilingGround, filing: OpenedFiling) => Promise<void>;

/** A new account's filing, what happens to it, and what the clearinghouse has of it in the end. */
const course =
  (happen: Course): Incident['happen'] =>
  async (ground) => {
    const platform = await ground.open();
    const opened = await openFiling(ground, platform);
    const before = await newestReport(ground);
    await happen(ground, opened);
    await fileToTheEnd(ground, platform, opened.filing);
    return { ...opened, reports: await reportsSince(ground, before) };
  };

/** The worker is killed between two steps, and another files on. */
const workerKilledAt =
  (moment: number): Course =>
  async (ground, { filing }) => {
    const worker = ground.startWorker(filing, { stop: moment });
    const state = await worker.state;
    await worker.kill();
    if (state !== 'stopped') throw new Error(`the worker ${state} before its moment ${moment}`);
  };

/** The worker is killed while an answer is on its way to it: the request was carried out. */
const workerKilledDuring =
  (request: number): Course =>
  async (ground, { filing }) => {
    const proxy = await openFaultProxy(ground);
    const worker = ground.startWorker(filing, { port: proxy.port });
    proxy.spoil(request, { kind: 'lost', meanwhile: worker.kill });
    const state = await worker.state;
    await proxy.close();
    if (state !== 'killed') throw new Error(`the worker ${state} in spite of request ${request}`);
  };

const serverKilledAt =
  (moment: number): Course =>
  async (ground, { filing }) => {
    let step = 0;
    const between = async (): Promise<void> => {
      if (step++ === moment) await ground.restartClearinghouse();
    };
    await (await ground.open({ between })).runFiling(filing);
    if (step <= moment) throw new Error(`the filing rested before its moment ${moment}`);
  };

const answerSpoiled =
  (request: number, faultOf: (ground: FilingGround) => Fault, timeoutMs = 5000): Course =>
  async (ground, { filing }) => {
    const proxy = await openFaultProxy(ground);
    proxy.spoil(request, faultOf(ground));
    await (await ground.open({ port: proxy.port, timeoutMs })).runFiling(filing);
    await proxy.close();
  };

const serverKilledDuring = (request: number): Course =>
  answerSpoiled(request, (ground) => ({ kind: 'lost', meanwhile: ground.restartClearinghouse }));

const onItsWay = 'its answer on the way';

/** A kill at every moment of a filing and while every answer is on its way. */
const kills = (victim: 'worker' | 'server', at: (moment: number) => Course, during: (request: number) => Course) => [
  ...momentsOfAFiling.map((point, moment): Incident => ({ point, victim, happen: course(at(moment)) })),
  ...requestsOfAFiling.map((name, request): Incident => {
    return { point: `${name}, ${onItsWay}`, victim, happen: course(during(request)) };
  }),
];

export const workerKills: readonly Incident[] = kills('worker', workerKilledAt, workerKilledDuring);
export const serverKills: readonly Incident[] = kills('server', serverKilledAt, serverKilledDuring);

const spoiled = (name: string, fault: Fault, timeoutMs?: number): readonly Incident[] =>
  requestsOfAFiling.map((request, nth) => ({
    point: `${request}, ${name}`,
    victim: 'answer',
    happen: course(answerSpoiled(nth, () => fault, timeoutMs)),
  }));

export const lostAnswers: readonly Incident[] = spoiled('lost', { kind: 'lost' });
export const serverErrors: readonly Incident[] = spoiled('HTTP 503', { kind: 'server-error' });
export const slowAnswers: readonly Incident[] = spoiled('too slow', { kind: 'slow', msPerByte: 100 }, 500);
export const wrongDigests: readonly Incident[] = spoiled('wrong MD5', { kind: 'wrong-md5' }).filter(({ point }) =>
  point.startsWith('upload'),
);
