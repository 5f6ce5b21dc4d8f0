import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BuiltDriver, buildGoDriver, go } from './go-driver.js';
import { type OpenedClearinghouse, openClearinghouse } from './open-clearinghouse.js';

/** Folders of checkouts of these clients; they are not ours and not fetched by us. */
const boostport = process.env.TUTELA_NCMEC_GO ?? '';
const lumeweb = process.env.TUTELA_LUMEWEB_NCMEC ?? '';
const found = (checkout: string): 'found' | undefined =>
  go !== undefined && existsSync(`${checkout}/go.mod`) ? 'found' : undefined;

type Said = Readonly<Record<string, unknown>>;
const drive = async (program: string, { origin, username, password }: OpenedClearinghouse): Promise<Said> => {
  const { stdout } = await promisify(execFile)(program, [`${origin}/ispws`, username, password]);
  return JSON.parse(stdout) as Said;
};
const reportOf = async ({ origin }: OpenedClearinghouse, number: unknown): Promise<unknown> =>
  await (await fetch(`${origin}/clearinghouse/reports/${String(number)}`)).json();

const worlds = [{}, { mode: 'strict-xsd' }, { httpStyle: 'legacy' }] as const;

describe.skipIf(!found(boostport))(
  'the Go client Boostport/ncmec-go (skipped: not installed, see TUTELA_NCMEC_GO)',
  () => {
    let driver: BuiltDriver;
    beforeAll(() => {
      driver = buildGoDriver(boostport, 'boostport_client.go');
    });
    afterAll(() => driver.remove());

    test.each(worlds)('files with a file, finishes, retracts, and is told of a bad password: %o', async (api) => {
      const clearinghouse = await openClearinghouse(api);
      try {
        const said = await drive(driver.program, clearinghouse);
        const refused = 'error' as const;
        expect(said).toMatchObject({
          submit: 'ok',
          upload: 'ok',
          fileinfo: 'ok',
          finish: 'ok',
          retractFinished: expect.stringContaining(refused) as string,
          submitOther: 'ok',
          retract: 'ok',
          finishRetracted: expect.stringContaining(refused) as string,
          wrongPassword: expect.stringContaining(refused) as string,
        });
        expect(await reportOf(clearinghouse, said.number)).toMatchObject({
          summary: { state: 'finished', files: 1 },
          report: {
            incidentSummary: { reportAnnotations: { spam: true } },
            personOrUserReported: [{ screenName: 'Zoë 🐘 <&>', ipCaptureEvent: [{ port: 51_344 }] }],
          },
          files: [{ details: { fileViewedByEsp: false } }],
        });
      } finally {
        await clearinghouse.close();
      }
    });
  },
);

describe.skipIf(!found(lumeweb))(
  'the Go client LumeWeb/ncmec (skipped: not installed, see TUTELA_LUMEWEB_NCMEC)',
  () => {
    let driver: BuiltDriver;
    beforeAll(() => {
      driver = buildGoDriver(lumeweb, 'lumeweb_client.go', 'lumeweb_missing.go');
    });
    afterAll(() => driver.remove());

    test.each(worlds)('files with a file, finishes, retracts, and is told of a bad password: %o', async (api) => {
      const clearinghouse = await openClearinghouse(api);
      try {
        const said = await drive(driver.program, clearinghouse);
        expect(said).toEqual({
          status: 'ok',
          submitAndUpload: 'ok',
          number: expect.any(String) as string,
          finish: 'ok',
          files: 1,
          retractFinished: expect.stringContaining('5102') as string,
          submitOther: 'ok',
          retract: 'ok',
          // By HTTP status where there is one, for that is what this client looks at first.
          finishRetracted: expect.stringContaining('httpStyle' in api ? '5101' : '400') as string,
          wrongPassword: expect.any(String) as string,
          wrongPasswordIsKnown: true,
        });
        expect(await reportOf(clearinghouse, said.number)).toMatchObject({
          summary: { state: 'finished', files: 1 },
          report: { internetDetails: [{ webPageIncident: { url: ['https://a.example/1'] } }] },
          files: [{ details: { originalFileName: 'a.png' } }],
        });
      } finally {
        await clearinghouse.close();
      }
    });
  },
);
