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
/** Packages that are killed at any moment, besides one that is killed where it hurts most. */
const rounds = process.env.TUTELA_LONG === '1' ? 30 : 1;

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

const points: readonly KillPoint[] = ['before-the-event', 'after-the-event', 'while-proving', 'while-writing-events'];

test('after a kill at any point and another try there is one event and one whole package', {
  timeout: 60_000 + rounds * 30_000,
}, async () => {
  const caseRef = 'case-killed';
  await ground.happen(caseRef, 2);
  const material = { ...minimalCase(), case: { ...minimalCase().case, ref: caseRef } };
  const names = Array.from({ length: rounds + 1 }, (_, at) => `package-${at}`);
  for (const [round, name] of names.entries()) {
    const request = await ground.request(contentOf(material, name));
    // The first is killed where it hurts most, the others at any moment.
    for (const point of round === 0 ? points : []) {
      await write(request, caseRef, point).ended;
      expect(await readdir(ground.folder)).toEqual([`.${name}.partial`]);
    }
    if (round > 0) {
      const { child, ended } = write(request, caseRef, 'never');
      setTimeout(() => child.kill('SIGKILL'), 300 + Math.random() * 2000);
      await ended;
    }
    const last = write(request, caseRef, 'never');
    expect(await last.said).toMatch(/^(written|already-there)$/);
    await last.ended;
  }

  expect((await readdir(ground.folder)).toSorted()).toEqual(names.toSorted());
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from ledger.event where entry::jsonb->>'type' = 'package.exported'`.execute(
    ground.db,
  );
  expect(rows).toEqual([{ count: names.length }]);
  for (const name of names) {
    const folder = path.join(ground.folder, name);
    expect((await eventsOf(folder)).at(-1)).toMatchObject({ type: 'package.exported', payload: { package: name } });
    const { faults } = await verifyPath(folder, { ...noTrust, logKeys: [ground.key] });
    expect(faults.map(({ kind }) => kind)).toEqual(['timestamp']);
  }
});
