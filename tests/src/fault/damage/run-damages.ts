import { type PackageReport, type Trust, verifyPackage } from '@tutela/evidence/verify';
import { nodeDeps } from '@tutela/evidence/verify/node';
import { type Damage, isNamed } from './damage.js';
import { copyOf, type HeldPackage, heldSource } from './held-package.js';
import { ledgerDamages, signersOf } from './ledger-damages.js';
import { mendedDamages } from './mended-damages.js';
import { plainDamages } from './plain-damages.js';
import { seeded } from './random.js';

export const damages: readonly Damage[] = [...plainDamages, ...mendedDamages, ...ledgerDamages];

export interface Strike {
  readonly damage: string;
  readonly seed: number;
  readonly held: HeldPackage;
  readonly report: PackageReport;
  readonly found: 'found' | 'missed';
  readonly named: 'named' | 'not-named';
}

/** So many damages, all kinds that fit in turn, each on a package of its own. */
export async function* strikes(whole: HeldPackage, trust: Trust, count: number): AsyncGenerator<Strike> {
  const fitting = damages.filter(({ needs }) => needs === undefined || signersOf(whole).length > 1);
  for (let seed = 1; seed <= count; seed++) {
    const damage = fitting[seed % fitting.length] as Damage;
    const held = copyOf(whole);
    const culprit = damage.strike(held, seeded(seed));
    const report = await verifyPackage(heldSource(held), trust, nodeDeps);
    const found = report.verdict === 'faulty' ? 'found' : 'missed';
    const named = isNamed(culprit, report.faults) ? 'named' : 'not-named';
    yield { damage: damage.name, seed, held, report, found, named };
  }
}
