import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { createCybertipClient } from './client/client.js';
import { writeReport } from './documents.js';
import { type OperatorSchema, openOperatorSchema } from './operator-schema.js';
import type { Report } from './schema/documents.js';

const fixture = await readFile(new URL('../fixtures/operator.xsd', import.meta.url));
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

const report = (incidentType: Report['incidentSummary']['incidentType'], additionalInfo = 'Zoë'): Report => ({
  incidentSummary: { incidentType, incidentDateTime: '2026-03-01T10:15:00Z' },
  reporter: { reportingPerson: { email: [{ value: 'safety@platform.example' }] } },
  additionalInfo,
});
const other = 'Child Sex Trafficking';

const opened = async (bytes: Uint8Array = fixture): Promise<OperatorSchema> => {
  const outcome = await openOperatorSchema(bytes);
  if (outcome.kind !== 'done') throw new Error(outcome.reason.message);
  return outcome.value;
};

test('an operator’s schema finds nothing in what it allows, whatever encoding a document is in', async () => {
  const xsd = await opened();
  const document = writeReport(report('Child Sex Tourism'));
  expect(await xsd.check(utf8(document))).toEqual([]);
  const declared = document.replace('UTF-8', 'ISO-8859-1');
  expect(await xsd.check(Buffer.from(declared, 'latin1'))).toEqual([]);
  expect(await xsd.check(Buffer.from(`\uFEFF${document}`, 'utf16le'))).toEqual([]);
});

test('its findings are a layer of their own, with the element and without what was written there', async () => {
  const xsd = await opened();
  const document =
    '<report><incidentSummary><incidentType>A secret</incidentType>\n<wrong/></incidentSummary></report>';
  const findings = await xsd.check(utf8(document));
  expect(findings).toMatchObject([
    { layer: 'operator-xsd', path: '//incidentType', message: 'The value breaks the facet enumeration. (line 1)' },
    {
      layer: 'operator-xsd',
      path: '//wrong',
      message: 'This element is not expected. Expected is ( incidentDateTime ). (line 2)',
    },
    { path: '//report', message: 'Missing child element(s). Expected is ( reporter ). (line 1)' },
  ]);
  expect(JSON.stringify(findings)).not.toContain('secret');
});

test('a schema that cannot be used is refused when it is opened', async () => {
  const unusable = [
    '<schema/>',
    'no XML',
    '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="a" type="nowhere"/></xs:schema>',
  ];
  for (const text of unusable) {
    expect(await openOperatorSchema(utf8(text))).toMatchObject({
      kind: 'refused',
      reason: { code: 'unusable-operator-schema' },
    });
  }
});

test('a client sends nothing that the operator’s schema finds fault with', async () => {
  let requests = 0;
  const server = createServer((request, response) => {
    requests++;
    const body =
      '<reportResponse><responseCode>0</responseCode><responseDescription>Success</responseDescription><reportId>7</reportId></reportResponse>';
    request.resume().on('end', () => response.end(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/ispws`;
  const client = createCybertipClient({
    baseUrl,
    environment: 'test',
    username: 'u',
    password: 'p',
    xsd: await opened(),
  });
  expect(await client.submit(report(other))).toMatchObject({
    kind: 'refused',
    reason: { code: 'unfit' },
    findings: { schema: [], rules: [], operatorXsd: [{ path: '//incidentType' }] },
  });
  expect(requests).toBe(0);
  expect(await client.submit(report('Child Sex Tourism'))).toMatchObject({ kind: 'done', value: '7' });
  await new Promise((resolve) => server.close(resolve));
});
