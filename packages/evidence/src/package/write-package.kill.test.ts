import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { minimalCase } from '../material/sample-case.test-support.js';
import { noTrust } from '../verify/index.js';
import { verifyPath } from '../verify/node/index.js';
import { eventsOf } from './events.test-support.js';
import type { KillPoint } from './kill-victim.test-support.js';
import { contentOf, openPackageGround, type PackageGround } from './package-ground.test-support.js';

const victim = fileURLToPath(new URL('kill-victim.test-support.js', import.meta.url));
/** Kills at any moment besides those at points that hurt most. */
const rounds = process.env.TUTELA_LONG === '1' ? 40 : 1;

let ground: PackageGround;
beforeAll(async () => {
  ground = await openPackageGround();
});
afterAll(() => ground.close());

const write = (request: string, caseRef: string, point: KillPoint) => {
  const child = spawn(process.execPath, [victim, ground.url, ground.pem, ground.folder, request, caseRef, point], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return { child, said: text(child.stdout), ended: once(child, 'close') };
};

test('after a kill at any point and another try there is one event and one whole package', {
  timeout: 60_000 + rounds * 10_000,
}, async () => {
  const caseRef = 'case-killed';
  await ground.happen(caseRef, 2);
  const material = { ...minimalCase(), case: { ...minimalCase().case, ref: caseRef } };
  const points: readonly KillPoint[] = ['before-the-event', 'after-the-event', 'while-proving', 'while-writing-events'];
  const request = await ground.request(contentOf(material, 'package-killed'));
  for (const point of points) {
    await write(request, caseRef, point).ended;
    expect(await readdir(ground.folder)).toEqual(['.package-killed.partial']);
  }
  for (let round = 0; round < rounds; round++) {
    const { child, ended } = write(request, caseRef, 'never');
    setTimeout(() => child.kill('SIGKILL'), Math.random() * 3000);
    await ended;
  }
  const last = write(request, caseRef, 'never');
  expect(await last.said).toMatch(/^(written|already-there)$/);
  await last.ended;

  expect(await readdir(ground.folder)).toEqual(['package-killed']);
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from ledger.event where entry::jsonb->>'type' = 'package.exported'`.execute(
    ground.db,
  );
  expect(rows).toEqual([{ count: 1 }]);
  const folder = path.join(ground.folder, 'package-killed');
  expect((await eventsOf(folder)).filter(({ type }) => type === 'package.exported')).toHaveLength(1);
  const { faults } = await verifyPath(folder, { ...noTrust, logKeys: [ground.key] });
  expect(faults.map(({ kind }) => kind)).toEqual(['timestamp']);
});
