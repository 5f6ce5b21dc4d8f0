import { printJson, type TutelaContext } from '../../context.js';
import type { DataFlags } from '../flags.js';
import { withWorkplace } from '../with-workplace.js';

export type ReporterFlags = DataFlags & { readonly json: boolean; readonly organisation: string };

/** Prints the password, once; only its digest is kept. */
export async function issueReporter(this: TutelaContext, flags: ReporterFlags, username: string): Promise<void> {
  const { organisation } = flags;
  const issued = await withWorkplace(this, flags, 'writes', ({ desks }) =>
    desks.clearinghouse.issueCredentials({ username, organisation }),
  );
  if (flags.json) printJson(this, { v: 1, ...issued });
  else this.process.stdout.write(`${issued.password}\n`);
}
