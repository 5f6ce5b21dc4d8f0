import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readOperatorSchema } from './operator-schema.js';

let file: string;
beforeAll(async () => {
  file = path.join(await mkdtemp(path.join(tmpdir(), 'tutela schema ')), 'operator.xsd');
});
afterAll(() => rm(path.dirname(file), { recursive: true, force: true }));

test('the operator’s schema is the file that the setting names', async () => {
  await writeFile(
    file,
    '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="report"/></xs:schema>',
  );
  const schema = await readOperatorSchema(file);
  expect(await schema.check(Buffer.from('<report/>'))).toEqual([]);
  expect(await schema.check(Buffer.from('<other/>'))).toHaveLength(1);
});

test('a file that is missing or no schema is refused as usage', async () => {
  await expect(readOperatorSchema(`${file}.missing`)).rejects.toMatchObject({ code: 'usage' });
  await writeFile(file, '<report/>');
  await expect(readOperatorSchema(file)).rejects.toMatchObject({ code: 'usage' });
});
