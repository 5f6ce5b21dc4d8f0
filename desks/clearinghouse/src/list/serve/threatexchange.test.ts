import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { feedbackReasons } from '../categories.js';
import { withdraw } from '../curate/withdraw.js';
import { entryOf, type ListWorld, openListWorld, value } from '../open-list.test-support.js';
import { shownEntries } from '../queries/entries.js';

/**
 * A Python that has the package, such as of `python3 -m venv` and `pip install threatexchange`; named in
 * TUTELA_THREATEXCHANGE_PYTHON, else the one on the path.
 */
const python = process.env.TUTELA_THREATEXCHANGE_PYTHON ?? 'python3';
const run = promisify(execFile);
const present = await run(python, ['-c', 'import threatexchange.exchanges.impl.ncmec_api']).then(
  () => true,
  () => false,
);
// Compiled tests run from dist/.
const script = fileURLToPath(new URL('../../../src/list/serve/fetch_list.py', import.meta.url));

describe.skipIf(!present)(
  'the client of python-threatexchange (skipped where Python or the package is missing)',
  () => {
    let world: ListWorld;
    beforeAll(async () => {
      world = await openListWorld();
    }, 60_000);
    afterAll(() => world.close());

    test('fetches the list completely, goes on from its checkpoint, receives deletions and sends feedback', async () => {
      const { member, username, password, root } = await world.admit('python');
      world.clock.pass(10_000);
      await world.putOn(Array.from({ length: 1500 }, (_, at) => entryOf(at)));
      const ask = async (...words: readonly string[]) => {
        const options = { env: { ...process.env, TZ: 'UTC' }, maxBuffer: 1 << 26 };
        const { stdout } = await run(python, [script, root, username, password, ...words], options);
        return JSON.parse(stdout) as Record<string, never>;
      };
      const fetchFrom = async (checkpoint: number | null) =>
        (await ask('fetch', JSON.stringify({ checkpoint }))) as unknown as {
          readonly ids: readonly string[];
          readonly deleted: readonly string[];
          readonly deltas: number;
          readonly pdq: number;
          readonly checkpoint: number;
        };
      expect(await ask('status')).toMatchObject({ status: { esp_id: member, esp_name: 'Platform python' } });
      const first = await fetchFrom(null);
      const canaries = 4;
      expect(new Set(first.ids).size).toBe(1500 + canaries);
      expect(first.pdq).toBe(1500 + canaries);
      expect(first.deltas).toBeGreaterThan(1);

      const [entry] = await shownEntries(world.db, { list: world.list, limit: 1 });
      if (entry === undefined) throw new Error('no entry');
      // The checkpoint is the present of the client: what comes now lies after it.
      world.clock.set(new Date((first.checkpoint + 1) * 1000).toISOString());
      await ask('feedback', String(entry.submitter_id), entry.entry_id, feedbackReasons[0]?.guid ?? '');
      value(await withdraw(world.deps, { list: world.list, entries: [entry.entry_id], reason: 'a beach', by: 'ann' }));
      await new Promise((resolve) => setTimeout(resolve, 8000));
      const second = await fetchFrom(first.checkpoint);
      expect(second.deleted).toEqual([entry.entry_id]);
      expect(second.ids).toEqual([]);
      const [after] = await shownEntries(world.db, { list: world.list, limit: 1 });
      expect(after).toMatchObject({ negative_feedback: 1, state: 'withdrawn' });
    }, 120_000);
  },
);
