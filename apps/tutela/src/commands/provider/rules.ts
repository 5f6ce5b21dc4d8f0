import { actorOf } from '../../config/actor.js';
import type { TutelaContext } from '../../context.js';
import { printRows } from '../../output/rows.js';
import type { DataFlags, OutputFlags } from '../flags.js';
import { withWorkplace } from '../with-workplace.js';
import { answered } from './answered.js';
import { readJson } from './read-json.js';

/** Keeps one version of a NAT's configuration. */
export async function add(this: TutelaContext, flags: DataFlags, file: string): Promise<void> {
  const document = await readJson(this, file);
  const { ruleId } = await withWorkplace(this, flags, 'writes', async ({ desks }) =>
    answered(await desks.provider.addRule(document, actorOf(this.env))),
  );
  this.process.stdout.write(`${ruleId}\n`);
  this.log('It answers nothing before tutela provider rules enable.');
}

export async function list(this: TutelaContext, flags: DataFlags & OutputFlags): Promise<void> {
  const rows = await withWorkplace(this, flags, 'reads', ({ desks }) => desks.provider.rules());
  printRows(this, flags, { name: 'rules', empty: 'There is no rule set.' }, rows, [
    { heading: 'nat', of: (row) => row.natInstance },
    { heading: 'kind', of: (row) => row.kind },
    { heading: 'from', of: (row) => row.from.slice(0, 16) },
    { heading: 'to', of: (row) => row.to?.slice(0, 16) ?? '—' },
    { heading: 'vectors', of: (row) => row.vectors },
    { heading: 'enabled', of: (row) => row.enabledAt?.slice(0, 16) ?? '—' },
    { heading: 'rule', of: (row) => row.ruleId },
  ]);
}

/** Enables a version whose test vectors pass. */
export async function enable(this: TutelaContext, flags: DataFlags, ruleId: string): Promise<void> {
  await withWorkplace(this, flags, 'writes', async ({ desks }) =>
    answered(await desks.provider.enableRule(ruleId, actorOf(this.env))),
  );
  this.process.stdout.write(`${ruleId} enabled\n`);
}
