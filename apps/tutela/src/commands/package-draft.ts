import { packageView } from '@tutela/investigator-desk';
import { parsePersonId } from '@tutela/policy';
import { printJson, type TutelaContext } from '../context.js';
import { packed } from '../output/package-refusals.js';
import { printable } from '../output/printable.js';
import { TutelaError } from '../tutela-error.js';
import type { DataFlags } from './flags.js';
import { withWorkplace } from './with-workplace.js';

export interface PackageDraftFlags extends DataFlags {
  readonly name: string;
  readonly by: string;
  readonly reason: string;
  readonly to?: readonly Named[];
  readonly unencrypted: boolean;
  readonly leaveOut?: readonly Named[];
  readonly json: boolean;
}

/** `name=text` of a flag. */
export interface Named {
  readonly name: string;
  readonly text: string;
}

/** Chooses what of a case is packed and asks two people to approve it. */
export default async function packageDraft(
  this: TutelaContext,
  flags: PackageDraftFlags,
  caseRef: string,
): Promise<void> {
  const by = parsePersonId(flags.by);
  if (by === undefined) throw new TutelaError('usage', '--by names no person.', 'A pseudonym, such as staff-7.');
  const to = (flags.to ?? []).map(({ name, text }) => ({ name, age: text }));
  if (flags.unencrypted && to.length > 0)
    throw new TutelaError('usage', '--to and --unencrypted exclude each other.', 'Say one of them.');
  const drafted = await withWorkplace(this, flags, 'writes', async ({ desks }) =>
    packed(
      await desks.investigator.packages().draft({
        caseRef,
        name: flags.name,
        by,
        reason: flags.reason,
        recipients: flags.unencrypted ? 'nobody' : to,
        leaveOut: (flags.leaveOut ?? []).map(({ name, text }) => ({ id: name, reason: text })),
      }),
    ),
  );
  const { content, needed } = drafted;
  const { request } = drafted.package;
  if (flags.json) printJson(this, { v: 1, package: packageView(drafted.package), content, needed });
  else {
    const out = content.exclusions.map(({ id, reason }) => `left out: ${printable(id)}: ${printable(reason)}\n`);
    this.process.stdout.write(`${request}\n${content.items.length} files\n${out.join('')}`);
  }
  this.log(
    `${needed} others have to approve it: tutela approval approve ${request.slice(0, 12)} --key THEIR.key. Then: tutela package export ${flags.name}`,
  );
}
