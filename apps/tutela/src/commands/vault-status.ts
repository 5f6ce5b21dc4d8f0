import type { CompartmentUsage } from '@tutela/vault';
import { lastScrub } from '@tutela/vault/postgres';
import { printJson, type TutelaContext } from '../context.js';
import { formatTable } from '../output/table.js';
import type { DataFlags } from './flags.js';
import { withWorkplace } from './with-workplace.js';

export interface VaultStatusFlags extends DataFlags {
  readonly json: boolean;
}

/** What the vault holds, where, under which keys, and when it was last read from end to end. */
export default async function vaultStatus(this: TutelaContext, flags: VaultStatusFlags): Promise<void> {
  const told = await withWorkplace(this, flags, 'reads', async ({ vault, database: { db } }) => ({
    ...vault.places,
    installationKey: (await vault.installationKeys.current()).id,
    compartments: await vault.usage(),
    lastScrub: (await lastScrub(db, vault)) ?? null,
  }));
  if (flags.json) {
    printJson(this, { v: 1, ...told });
    return;
  }
  const columns = [
    { heading: 'compartment', of: ({ caseRef, keyId }: CompartmentUsage) => caseRef ?? `without a key (${keyId})` },
    { heading: 'objects', of: ({ objects }: CompartmentUsage) => objects },
    { heading: 'bytes as stored', of: ({ bytes }: CompartmentUsage) => bytes },
  ];
  const { lastScrub: scrub } = told;
  const facts = [
    `objects           ${told.objects}`,
    `case keys         ${told.keys}`,
    `installation key  ${told.installationKey}`,
    `last scrub        ${scrub === null ? 'never' : `${scrub.endedAt ?? 'not finished'}, ${scrub.found} findings`}`,
  ];
  this.process.stdout.write(`${facts.join('\n')}\n\n${formatTable(columns, told.compartments)}`);
}
