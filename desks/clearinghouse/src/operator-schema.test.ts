import { openOperatorSchema, responseCodes } from '@tutela/cybertip';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Ground, openGround, type RunningDesk, settableClock, startDesk } from './open-desk.test-support.js';

/** Written for this test; it allows one type of incident. */
const xsd = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:element name="report"><xs:complexType><xs:sequence>
    <xs:element name="incidentSummary"><xs:complexType><xs:sequence>
      <xs:element name="incidentType"><xs:simpleType><xs:restriction base="xs:string">
        <xs:enumeration value="Child Sex Tourism"/>
      </xs:restriction></xs:simpleType></xs:element>
      <xs:element name="incidentDateTime" type="xs:dateTime"/>
    </xs:sequence></xs:complexType></xs:element>
    <xs:element name="reporter"/>
  </xs:sequence></xs:complexType></xs:element>
</xs:schema>`;

const clock = settableClock('2026-03-01T12:00:00Z');
let ground: Ground;
let running: RunningDesk;
let authorization: string;

beforeAll(async () => {
  ground = await openGround();
  const opened = await openOperatorSchema(Buffer.from(xsd));
  if (opened.kind !== 'done') throw new Error(opened.reason.message);
  running = await startDesk(ground, clock, { xsd: opened.value });
  const { password } = await running.desk.issueCredentials({ username: 'u', organisation: 'U' });
  authorization = `Basic ${Buffer.from(`u:${password}`).toString('base64')}`;
});
afterAll(async () => {
  await running.stop();
  await ground.close();
});

const reportOf = (incidentType: string): string =>
  `<report><incidentSummary><incidentType>${incidentType}</incidentType><incidentDateTime>2026-03-01T10:15:00Z` +
  '</incidentDateTime></incidentSummary><reporter><reportingPerson><email>safety@platform.example</email>' +
  '</reportingPerson></reporter></report>';

const submit = async (body: string) => {
  const headers = { authorization, 'content-type': 'text/xml' };
  const response = await fetch(`${running.address}/ispws/submit`, { method: 'POST', headers, body });
  const text = await response.text();
  return { code: Number(/<responseCode>(\d+)</.exec(text)?.[1]), text };
};

test('the operator’s schema is served to whoever may know it, and is nowhere without one', async () => {
  const served = await fetch(`${running.address}/ispws/xsd`, { headers: { authorization } });
  expect(await served.text()).toBe(xsd);
  expect((await fetch(`${running.address}/ispws/xsd`)).status).toBe(401);
  const without = await startDesk(ground, clock);
  expect((await fetch(`${without.address}/ispws/xsd`, { headers: { authorization } })).status).toBe(404);
  await without.stop();
});

test('a document that only the operator’s schema finds fault with is refused in the name of that layer', async () => {
  const { code, text } = await submit(reportOf('Child Sex Trafficking'));
  expect(code).toBe(responseCodes['validation-failed']);
  expect(text).toContain('operator-xsd: //incidentType: The value breaks the facet enumeration. (line 1)');
  expect((await submit(reportOf('Child Sex Tourism'))).code).toBe(0);
});

test('what the schema here refuses is told of besides what the operator’s does', async () => {
  const { text } = await submit(reportOf('Nonsense'));
  expect(text).toMatch(/cvc-enumeration-valid: \/report\/incidentSummary/);
  expect(text).toContain('operator-xsd: //incidentType');
});
