import path from 'node:path';
import { formatReport, type PackageVerdict } from '@tutela/evidence/verify';
import { trustOfFlags, verifyPath } from '@tutela/evidence/verify/node';
import { endAs, printJson, type TutelaContext } from '../context.js';
import type { Ending } from '../exit-codes.js';
import { startProgress } from '../output/progress.js';
import { TutelaError } from '../tutela-error.js';
import { whileReading } from './read-package.js';

export interface PackageVerifyFlags {
  readonly trust?: string;
  readonly logKey?: readonly string[];
  readonly witnessKey?: readonly string[];
  readonly timeRoot?: readonly string[];
  readonly json: boolean;
}

const endings: Readonly<Record<PackageVerdict, Ending>> = {
  verified: 'done',
  faulty: 'refuted',
  consistent: 'undecided',
};

/** Checks a package offline; ends as `refuted` when anything is at fault, `undecided` when keys were not compared. */
export default async function packageVerify(
  this: TutelaContext,
  flags: PackageVerifyFlags,
  name: string,
): Promise<void> {
  const resolve = (file: string): string => path.resolve(this.folder, file);
  const trust = await whileReading(() =>
    trustOfFlags({
      ...(flags.trust !== undefined && { trust: resolve(flags.trust) }),
      logKeys: flags.logKey ?? [],
      witnessKeys: flags.witnessKey ?? [],
      timeRoots: (flags.timeRoot ?? []).map(resolve),
    }),
  );
  if (trust.kind !== 'done') {
    throw new TutelaError(
      'usage',
      `What to trust cannot be read: ${trust.reason.message}`,
      'See docs/package-format.md.',
    );
  }
  const progress = startProgress({ stream: this.process.stderr }, 'checking', 'MB');
  const report = await whileReading(() =>
    verifyPath(resolve(name), trust.value, ({ done, total }) =>
      progress.update({ done: Number(done) / 1e6, total: Number(total) / 1e6 }),
    ),
  ).finally(() => progress.end());
  if (flags.json) printJson(this, report);
  else this.process.stdout.write(formatReport(report));
  endAs(this, endings[report.verdict]);
}
