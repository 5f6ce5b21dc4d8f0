import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { tutela } from '../e2e/tutela-process.js';

export interface LetterOrderDeps {
  /** Of the demonstration. */
  readonly data: string;
  /** The folder of its people. */
  readonly people: string;
  readonly caseRef: string;
}

interface Orders {
  readonly orders: readonly { readonly orderId: string }[];
}
interface Order {
  readonly order: { readonly authorityId: string; readonly document: { readonly observations: readonly Asked[] } };
}
interface Asked {
  readonly ip: string;
}

/**
 * From now on the demonstration's provider gets letters: one more moment of the address that it was asked about is asked
 * for, approved by two people.
 * @returns the order, whose letter waits to be posted
 */
export const sendLetterOrder = async ({ data, people, caseRef }: LetterOrderDeps): Promise<string> => {
  const run = async (...args: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await tutela([...args, '--data', data], { TUTELA_ACTOR: 'demo-investigator' });
    if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${stderr}`);
    return stdout;
  };
  const read = async <Body>(...args: readonly string[]): Promise<Body> =>
    JSON.parse(await run(...args, '--json')) as Body;

  const { orders } = await read<Orders>('order', 'list', '--case', caseRef);
  const { order } = await read<Order>('order', 'show', orders[0]?.orderId ?? '');
  const provider = ['--name', 'Example Internet Provider', '--holder', 'AS64496 Example Internet Provider'];
  await run('order', 'provider', 'demo-provider', ...provider, '--email', 'legal@provider.example');
  const folder = await mkdtemp(path.join(tmpdir(), 'tutela letter '));
  const table = path.join(folder, 'observed.csv');
  const observed = [order.document.observations[0]?.ip, 20481, 'tcp', '2026-03-01T12:04:05Z', 1, 'connection-source'];
  const columns = 'ip,port,protocol,from,clock_error_s,role,contact,source_document,entry';
  await writeFile(table, `${columns}\n${observed.join(',')},,${'cd'.repeat(32)},electronic\n`);
  await run('order', 'observations', caseRef, table, '--documentation', 'allow');
  await rm(folder, { recursive: true });
  const drafting = ['order', 'draft', caseRef, '--provider', 'demo-provider', '--authority', order.authorityId];
  const { orderId } = await read<{ readonly orderId: string }>(...drafting);
  const request = await run('order', 'approve-request', orderId, '--reason', 'who had it then');
  const passphrase = ['--passphrase-file', path.join(people, 'passphrase.txt')];
  for (const nth of [1, 2])
    await run(
      'approval',
      'approve',
      request.trim(),
      '--key',
      path.join(people, `demo-approver-${nth}.key`),
      ...passphrase,
    );
  await run('order', 'send', orderId, '--approval', request.trim());
  return orderId;
};
