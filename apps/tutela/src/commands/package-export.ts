import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type PackageRow, packageView } from '@tutela/investigator-desk';
import { actorOf } from '../config/actor.js';
import { endAs, printJson, type TutelaContext } from '../context.js';
import { packagesFolder } from '../node/packing.js';
import { packed } from '../output/package-refusals.js';
import { printable } from '../output/printable.js';
import { TutelaError } from '../tutela-error.js';
import type { DataFlags } from './flags.js';
import { withWorkplace } from './with-workplace.js';

export interface PackageExportFlags extends DataFlags {
  readonly withoutProof: boolean;
  readonly json: boolean;
}

const heartbeatMs = 5000;

/** Writes an approved package, its folder and its ZIP. Broken off, it goes on at the next call or in the node. */
export default async function packageExport(
  this: TutelaContext,
  flags: PackageExportFlags,
  name: string,
): Promise<void> {
  const interruption = this.interruption();
  const { row, folder } = await withWorkplace(this, flags, 'works', async ({ desks, config }) => {
    const packages = desks.investigator.packages();
    const whenProofIsMissing = flags.withoutProof ? 'write' : 'refuse';
    let row = packed(await packages.startExport({ name, by: actorOf(this.env), whenProofIsMissing }));
    for (let told = 0; row.state === 'exporting' && !interruption.aborted; told += 100) {
      if (told % heartbeatMs === 0) this.log(`package ${name}: being written`);
      await sleep(100);
      row = (await packages.find(name)) ?? row;
    }
    return { row, folder: path.join(packagesFolder(config), name) };
  });
  if (row.state === 'exporting') {
    this.log(`It goes on where a node works, or at the next: tutela package export ${name}`);
    return endAs(this, 'interrupted');
  }
  if (row.state !== 'written') throw notWritten(row);
  if (flags.json) printJson(this, { v: 1, folder, zip: `${folder}.zip`, package: packageView(row) });
  else {
    const missing = (row.missing ?? []).map(({ what, why }) => `missing: ${what}: ${printable(why)}\n`);
    this.process.stdout.write(`${folder}\n${folder}.zip\nSHA-256 ${row.zip_sha256}\n${missing.join('')}`);
  }
  this.log(`${row.events} events. Check it: tutela package verify ${folder}`);
}

const notWritten = ({ package: name, state, why }: PackageRow): TutelaError => {
  const again = `tutela package export ${name}`;
  return state === 'waiting'
    ? new TutelaError(
        'undecided',
        `Not written yet: ${why}.`,
        `It is tried again where a node works. Or: ${again} --without-proof`,
      )
    : new TutelaError('internal', `Not written: ${why}.`, `Once that is mended: ${again}`);
};
