import path from 'node:path';
import { failed } from '@tutela/core';
import { type CybertipClient, createCybertipClient } from '@tutela/cybertip';
import type { Destination } from '@tutela/platform-desk';
import { z } from 'zod';
import { readPrivate, writePrivate } from '../config/private-file.js';

/**
 * The clearinghouse of the same installation, as its platform desk reaches it: over loopback, by the protocol, like any
 * other. Its address changes with each start and its account with the database, so both are read for each request.
 */
export interface OwnClearinghouse {
  readonly destination: Destination;
  /** Called by the node that serves the clearinghouse, once it answers. */
  readonly announce: (origin: string, issueAccount: IssueAccount) => Promise<void>;
}

type Account = { readonly username: string; readonly password: string };
export type IssueAccount = () => Promise<Account>;

const schema = z.object({ baseUrl: z.url(), username: z.string(), password: z.string() });
type Place = z.infer<typeof schema>;

/** Says who it is in a report: a synthetic service, since only another installation has a real clearinghouse. */
const reporter = {
  company: 'Example Platform (Tutela)',
  email: 'trust-and-safety@example.org',
  service: 'Example Platform',
} as const;

export const ownClearinghouse = (dataFolder: string): OwnClearinghouse => {
  const file = path.join(dataFolder, 'clearinghouse.json');
  const readPlace = async (): Promise<Place | undefined> => {
    const text = await readPrivate(file);
    return text === undefined ? undefined : schema.parse(JSON.parse(text));
  };
  const announce = async (origin: string, issueAccount: IssueAccount): Promise<void> => {
    const baseUrl = `${origin}/ispws`;
    const known = await readPlace();
    const kept = known !== undefined && (await isAccepted({ ...known, baseUrl })) ? known : await issueAccount();
    const { username, password } = kept;
    await writePrivate(file, `${JSON.stringify({ baseUrl, username, password }, undefined, 2)}\n`);
  };
  return { destination: { client: clientOf(readPlace), reporter }, announce };
};

const isAccepted = async (place: Place): Promise<boolean> => (await connect(place).status()).kind === 'done';

const connect = (place: Place): CybertipClient<'test'> => createCybertipClient({ ...place, environment: 'test' });

const notStarted = {
  ...failed('unreachable', 'the clearinghouse of this installation was never started'),
  effect: 'none',
} as const;

const clientOf = (readPlace: () => Promise<Place | undefined>): CybertipClient<'test'> => {
  const by = async <Answer>(
    ask: (client: CybertipClient<'test'>) => Promise<Answer>,
  ): Promise<Answer | typeof notStarted> => {
    const place = await readPlace();
    return place === undefined ? notStarted : ask(connect(place));
  };
  return {
    environment: 'test',
    status: () => by((client) => client.status()),
    submit: (report) => by((client) => client.submit(report)),
    upload: (upload) => by((client) => client.upload(upload)),
    fileinfo: (details) => by((client) => client.fileinfo(details)),
    finish: (reportId) => by((client) => client.finish(reportId)),
    retract: (reportId) => by((client) => client.retract(reportId)),
  };
};
