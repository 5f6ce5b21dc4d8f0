/** A process that works on what the node's timer started, until it is killed: database, vault and feed are its arguments. */
import { openDatabase } from '@tutela/db';
import { type Engine, openEngine } from '@tutela/engine';
import { openInvestigatorDesk } from '@tutela/investigator-desk';
import { openFolderVault } from '@tutela/vault';

const [url = '', folder = '', baseUrl = '', authority = '', credential = ''] = process.argv.slice(2);
const database = await openDatabase({ url, dataFolder: '' });
let engine: Engine | undefined;
const { workflows, queues } = openInvestigatorDesk({
  db: database.db,
  vault: (await openFolderVault(folder)).forCase('investigator/deliveries'),
  engine: () => engine!,
  feeds: async () => [{ name: 'north', state: 'ready', address: { baseUrl, authority, credential }, everyMinutes: 15 }],
  log: (line) => process.stderr.write(`${line}\n`),
});
engine = await openEngine({
  database,
  queues,
  workflows,
  log: (line) => process.stderr.write(`${line}\n`),
  onLost: () => process.exit(70),
});
process.stdout.write('ready\n');
