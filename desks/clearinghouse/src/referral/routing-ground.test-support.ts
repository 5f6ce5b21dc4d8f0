import { readFile } from 'node:fs/promises';
import type { ReportNumber } from '@tutela/cybertip';
import type { sql } from 'kysely';
import { demonstrationAuthorities } from '../desk.js';
import { openGround, type RunningDesk, startDesk } from '../open-desk.test-support.js';
import { account, clock, type File, filer } from '../triage/triage-ground.test-support.js';
import type { RoutingOptions } from './open-routing.js';

export { account, clock } from '../triage/triage-ground.test-support.js';

/** A desk that serves, with the authorities of the demonstration. */
export interface RoutingGround extends RunningDesk {
  readonly db: Awaited<ReturnType<typeof openGround>>['database']['db'];
  readonly file: File;
  /** Judges and routes what was filed. */
  readonly work: () => Promise<void>;
  /** Of an account in that country. */
  readonly fileIn: (country: string, bytes?: Uint8Array) => Promise<ReportNumber>;
  /** As an authority. */
  readonly ask: (authority: string, path: string, body?: object) => Promise<Response>;
  readonly rows: <Row>(query: ReturnType<typeof sql<Row>>) => Promise<readonly Row[]>;
  /** As somebody at the console. */
  readonly console: <Body>(path: string, body?: object) => Promise<readonly [status: number, body: Body]>;
  readonly close: () => Promise<void>;
}

export const openRoutingGround = async (routing: RoutingOptions = {}): Promise<RoutingGround> => {
  const ground = await openGround();
  const running = await startDesk(ground, clock, {}, { routing });
  const { db } = ground.database;
  const { desk } = running;
  const text = await readFile(demonstrationAuthorities, 'utf8');
  await desk.routing.importRegistry({ text, by: 'operator' });
  const file = await filer(ground);
  const credentials = new Map<string, string>();
  const credentialOf = async (authorityId: string): Promise<string> => {
    const known = credentials.get(authorityId);
    if (known !== undefined) return known;
    const issued = await desk.routing.issueFeedCredential({ authorityId, by: 'operator' });
    if (issued.kind !== 'done') throw new Error(issued.reason.message);
    credentials.set(authorityId, issued.value.credential);
    return issued.value.credential;
  };
  const sent = (body: object | undefined): RequestInit =>
    body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const json = (body: object | undefined) => (body === undefined ? {} : { 'content-type': 'application/json' });
  return {
    ...running,
    db,
    file,
    work: async () => {
      await desk.triage();
      await desk.routing.route();
    },
    fileIn: (country, bytes) =>
      file({
        report: account(`account-${crypto.randomUUID()}`, country),
        ...(bytes === undefined ? {} : { files: [bytes] }),
      }),
    ask: async (authority, path, body) => {
      const authorization = `Basic ${Buffer.from(`${authority}:${await credentialOf(authority)}`).toString('base64')}`;
      return await fetch(`${running.address}/feed/v1/${path}`, {
        ...sent(body),
        headers: { ...json(body), authorization },
      });
    },
    rows: async (query) => (await query.execute(db)).rows,
    console: async (path, body) => {
      const answer = await fetch(`${running.address}/clearinghouse/${path}`, {
        ...sent(body),
        headers: { ...json(body), 'tutela-actor': 'analyst-1' },
      });
      return [answer.status, (await answer.json()) as never];
    },
    close: async () => {
      await running.stop();
      await ground.close();
    },
  };
};
