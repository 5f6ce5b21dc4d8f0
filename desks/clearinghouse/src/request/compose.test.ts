import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openRoutingGround, type RoutingGround } from '../referral/routing-ground.test-support.js';
import { preservationRecord as record } from './record.test-support.js';

let ground: RoutingGround;
beforeAll(async () => {
  ground = await openRoutingGround();
});
afterAll(() => ground.close());

interface Full {
  readonly requestId: string;
  readonly letter: string;
  readonly documents: readonly { readonly form: string; readonly sha256: string }[];
}
const count = async (): Promise<number> =>
  (await ground.rows<{ n: number }>(sql`select count(*)::int as n from clearinghouse.request`))[0]?.n ?? -1;

describe('the preview of a request', () => {
  test('is the letter that is kept, but for its reference and moment, and keeps nothing', async () => {
    const before = await count();
    const [status, preview] = await ground.console<{ text: string; language: string }>('requests/preview', { record });
    expect([status, preview.language]).toEqual([200, 'es']);
    expect(await count()).toBe(before);
    const [, made] = await ground.console<Full>('requests', { record });
    const body = (letter: string) => letter.split('\n').filter((line) => !/^(Referencia|Fecha): /.test(line));
    expect(body(preview.text)).toEqual(body(made.letter));
    expect(preview.text).toContain('se asigna al guardarla');
    expect(made.letter).toContain(made.requestId);
    expect(made.documents.map(({ form }) => form)).toEqual(['pdf', 'text']);
  });

  test('is refused where the request would be, with what is wrong of its record', async () => {
    const preview = (more: object) => ground.console('requests/preview', { record: { ...record, ...more } });
    expect(await preview({ kind: 'mla' })).toMatchObject([409, { code: 'preservation-first' }]);
    expect(await preview({ kind: 'budapest-29' })).toMatchObject([409, { code: 'instrument-not-recorded' }]);
    const [status, fault] = await preview({ facts: '' });
    expect([status, fault]).toMatchObject([
      400,
      { code: 'malformed-record', message: expect.stringContaining('facts') },
    ]);
    expect((await ground.console('requests/preview', { record, reportNumber: '999999' }))[0]).toBe(404);
  });
});

describe('what a report has to ask about', () => {
  test('is told by its number, and of none that is not here', async () => {
    const number = await ground.fileIn('DE');
    const [status, { targets }] = await ground.console<{ targets: readonly { type: string; value: string }[] }>(
      `reports/${number}/request-targets`,
    );
    expect(status).toBe(200);
    expect(targets.some(({ type }) => type === 'account')).toBe(true);
    expect((await ground.console('reports/999999/request-targets'))[0]).toBe(404);
  });
});
