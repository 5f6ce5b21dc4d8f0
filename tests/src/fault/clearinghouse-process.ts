/** A clearinghouse on its own, to be killed: `DATABASE-URL VAULT PORT`. Prints `ready PORT` when it answers. */

import { openClearinghouseDesk } from '@tutela/clearinghouse-desk';
import { systemClock } from '@tutela/core';
import { openDatabase } from '@tutela/db';
import { openFolderVault } from '@tutela/vault';
import fastify from 'fastify';

const [url = '', folder = '', port = '0'] = process.argv.slice(2);
const { db } = await openDatabase({ url, dataFolder: '' });
const desk = openClearinghouseDesk({
  db,
  vault: (await openFolderVault(folder)).forCase('clearinghouse/reports'),
  clock: systemClock,
});
const server = fastify();
await server.register(desk.routes);
const address = await server.listen({ host: '127.0.0.1', port: Number(port) });
process.stdout.write(`ready ${new URL(address).port}\n`);
