import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { inTransaction } from '@tutela/db';
import {
  groupObservations,
  importRanges,
  noteProvider,
  type PreviewedObservation,
  type ProviderGroup,
  previewOrder,
} from '@tutela/investigator-desk';
import { printJson, type TutelaContext } from '../../context.js';
import { keepCredential } from '../../node/exchange-credentials.js';
import { accepted } from '../../output/accepted.js';
import { bodyOf } from '../../output/body.js';
import { printRows } from '../../output/rows.js';
import { TutelaError } from '../../tutela-error.js';
import type { DataFlags, OutputFlags } from '../flags.js';
import { withWorkplace } from '../with-workplace.js';
import { actingNow } from './acting-now.js';
import type { JsonFlags } from './observations.js';

export type RangesFlags = JsonFlags & { readonly kind: 'table' | 'delegated' | 'rdap'; readonly published: string };
export type ProviderFlags = JsonFlags & {
  readonly name: string;
  readonly holder: readonly string[];
  readonly country?: string;
  readonly exchange?: string;
  readonly email?: string;
  readonly credential?: string;
  readonly language: 'en' | 'es' | 'pt';
  readonly days: number;
  readonly sharing?: number;
};
export type PreviewFlags = DataFlags & OutputFlags & { readonly provider: string };

const textOf = async (context: TutelaContext, file: string): Promise<string> => {
  const from = path.resolve(context.folder, file);
  return await readFile(from, 'utf8').catch((cause: unknown) => {
    throw new TutelaError('unreadable', `${from} cannot be read.`, 'Name a file.', { cause });
  });
};

export async function ranges(this: TutelaContext, flags: RangesFlags, file: string): Promise<void> {
  const given = {
    kind: flags.kind,
    name: path.basename(file),
    published: flags.published,
    text: await textOf(this, file),
  };
  const imported = await withWorkplace(this, flags, 'writes', async ({ database: { db } }) =>
    accepted(await inTransaction(db, (tx) => importRanges(tx, given, actingNow(this)))),
  );
  if (flags.json) printJson(this, { v: 1, ...imported });
  else this.process.stdout.write(`${imported.ranges} ranges, SHA-256 ${imported.sha256}\n`);
}

export async function provider(this: TutelaContext, flags: ProviderFlags, id: string): Promise<void> {
  const credential = flags.credential === undefined ? undefined : (await textOf(this, flags.credential)).trim();
  const noted = await withWorkplace(this, flags, 'writes', async ({ database: { db }, config }) => {
    const given = {
      provider_id: id,
      name: flags.name,
      holders: flags.holder,
      country: flags.country ?? null,
      exchange_url: flags.exchange ?? null,
      email: flags.email ?? null,
      language: flags.language,
      answer_days: flags.days,
      sharing: flags.sharing ?? null,
    };
    const done = accepted(await inTransaction(db, (tx) => noteProvider(tx, given, actingNow(this))));
    if (credential !== undefined) await keepCredential(config.dataFolder, id, credential);
    return done;
  });
  if (flags.json) printJson(this, { v: 1, provider: bodyOf(noted) });
}

export async function group(this: TutelaContext, flags: DataFlags & OutputFlags, caseRef: string): Promise<void> {
  const groups = await withWorkplace(this, flags, 'reads', ({ database: { db } }) => groupObservations(db, caseRef));
  const naming = { name: 'groups', empty: 'The case has no observations yet: tutela order observations.' };
  printRows<ProviderGroup>(this, flags, naming, groups, [
    { heading: 'provider', of: ({ providerId }) => providerId ?? '—' },
    { heading: 'holder', of: ({ holder }) => holder ?? 'nobody knows' },
    { heading: 'country', of: ({ countries }) => countries.join(' ') },
    { heading: 'observations', of: ({ observations }) => observations },
    { heading: 'addresses', of: ({ addresses }) => addresses },
    { heading: 'without port', of: ({ withoutPort }) => withoutPort },
    { heading: 'clock unknown', of: ({ clockUnknown }) => clockUnknown },
    { heading: 'unconfirmed', of: ({ unconfirmed }) => unconfirmed },
    { heading: 'files differ', of: ({ disputed }) => disputed },
    { heading: 'asked', of: ({ asked }) => asked },
  ]);
}

export async function preview(this: TutelaContext, flags: PreviewFlags, caseRef: string): Promise<void> {
  const outcome = await withWorkplace(this, flags, 'reads', ({ database: { db } }) =>
    previewOrder(db, { caseRef, providerId: flags.provider }),
  );
  const { observations, unconfirmed, asked } = accepted(outcome);
  const naming = { name: 'observations', empty: 'Nothing of this case is left to ask that provider.' };
  printRows<PreviewedObservation>(this, flags, naming, observations, [
    { heading: 'observation', of: ({ observationId }) => observationId },
    { heading: 'address', of: ({ ip }) => ip },
    { heading: 'port', of: ({ port }) => String(port ?? '—') },
    { heading: 'time', of: ({ seenFrom }) => seenFrom },
    { heading: 'will yield', of: ({ prospect }) => wordsOf(prospect) },
  ]);
  for (const { observationId } of unconfirmed)
    this.log(`${observationId} is not asked about before a second person confirms it: tutela order confirm`);
  for (const { orderId, state, observations: count } of asked)
    this.log(`${count} asked about already, in order ${orderId} (${state})`);
}

const wordsOf = (prospect: PreviewedObservation['prospect']): string => {
  switch (prospect.kind) {
    case 'one':
      return prospect.qualified === 'no' ? 'one at most' : 'one at most, qualified: clock error unknown';
    case 'a-number':
      return `a number, about ${prospect.candidates}: the port is missing`;
    case 'perhaps-a-number':
      return 'a number if the address is shared: the port is missing';
  }
};
