import { parseArgs } from 'node:util';
import type { PackageVerdict, VerifyProgress } from '../index.js';
import { formatReport } from '../texts/format-report.js';
import { trustOfFlags } from './trust-files.js';
import { verifyPath } from './verify-path.js';

// The program that a package brings: `node verify.mjs FOLDER`. Bundled into one file by scripts/bundle-verifier.mjs.

const usage = `node verify.mjs PACKAGE [--trust FILE] [--log-key KEY]… [--witness-key KEY]… [--time-root PEM-FILE]… [--json]

Checks an evidence package: its folder, or its ZIP or tar. Reads those files alone and no network, so it may be run with
  node --permission --allow-fs-read=PACKAGE --allow-fs-read=verify.mjs verify.mjs PACKAGE
(--experimental-permission instead in Node 20).

Ends with 0 verified, 1 damaged or not proven, 2 wrong usage, 3 not readable, 4 consistent but keys not checked.
`;

const exitCodes: Readonly<Record<PackageVerdict, number>> = { verified: 0, faulty: 1, consistent: 4 };

const readArguments = () => {
  const many = { type: 'string', multiple: true, default: [] as string[] } as const;
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        trust: { type: 'string' },
        'log-key': many,
        'witness-key': many,
        'time-root': many,
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch {
    return undefined;
  }
};

const told = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const main = async (): Promise<number> => {
  const given = readArguments();
  const [path, ...more] = given?.positionals ?? [];
  if (given?.values.help) {
    process.stdout.write(usage);
    return 0;
  }
  if (given === undefined || path === undefined || more.length > 0) {
    process.stderr.write(usage);
    return 2;
  }
  const { values } = given;
  const flags = { logKeys: values['log-key'], witnessKeys: values['witness-key'], timeRoots: values['time-root'] };
  const trust = await trustOfFlags({ ...flags, ...(values.trust !== undefined && { trust: values.trust }) });
  if (trust.kind !== 'done') {
    process.stderr.write(`${trust.reason.message}\n`);
    return 2;
  }
  const report = await verifyPath(path, trust.value, process.stderr.isTTY ? paint : undefined);
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[2K');
  process.stdout.write(values.json ? `${JSON.stringify(report, undefined, 2)}\n` : formatReport(report));
  return exitCodes[report.verdict];
};

let painted = 0;
const began = performance.now();

const paint = ({ done, total }: VerifyProgress): void => {
  const now = performance.now();
  if (now - painted < 200) return;
  painted = now;
  const rate = Number(done) / (now - began) / 1000;
  const left = Number(total - done) / 1e6 / Math.max(rate, 0.1);
  process.stderr.write(
    `\r\u001b[2K${(Number(done) / 1e6).toFixed(0)} of ${(Number(total) / 1e6).toFixed(0)} MB, ${rate.toFixed(0)} MB/s, ${left.toFixed(0)} s left`,
  );
};

process.exitCode = await main().catch((error: unknown) => {
  process.stderr.write(`${told(error)}\n`);
  return 3;
});
