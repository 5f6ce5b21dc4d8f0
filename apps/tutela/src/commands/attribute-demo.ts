import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { formatAttributionDemo } from '../attribute/format-attribution-demo.js';
import { runAttributionDemo, type Stage } from '../attribute/run-attribution-demo.js';
import { endAs, printJson, type TutelaContext } from '../context.js';
import { startProgress } from '../output/progress.js';

export interface AttributeDemoFlags {
  readonly leases: number;
  readonly questions: number;
  readonly seed: number;
  readonly keep: boolean;
  readonly json: boolean;
}

/** Shows what a question to a provider yields, and to whom; ends as `refuted` if Tutela named a wrong person. */
export default async function attributeDemo(this: TutelaContext, flags: AttributeDemoFlags): Promise<void> {
  const { leases, questions, seed } = flags;
  const signal = this.interruption();
  const folder = mkdtempSync(path.join(tmpdir(), 'tutela-attribute-'));
  const stage = (doing: string, unit: string, total: number): Stage => {
    const progress = startProgress({ stream: this.process.stderr }, doing, unit);
    return { update: (done) => progress.update({ done, total: Math.max(done, total) }), end: progress.end };
  };
  try {
    const demo = await runAttributionDemo({ signal, folder, stage }, { leases, questions, seed });
    if (flags.json) printJson(this, { v: 1, ...demo });
    else this.process.stdout.write(formatAttributionDemo(demo));
    if (demo.truth.wrong + demo.truth.provenNobodyWrong > 0) endAs(this, 'refuted');
  } catch (error) {
    if (!signal.aborted) throw error;
    endAs(this, 'interrupted');
  } finally {
    if (flags.keep) this.log(`The logs' segments are in ${folder}`);
    else rmSync(folder, { recursive: true, force: true });
  }
}
