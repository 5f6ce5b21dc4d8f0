import type { Fault } from '@tutela/evidence/verify';
import type { HeldPackage } from './held-package.js';
import type { Random } from './random.js';

/** What the faults have to name: one of these files, or this event. */
export interface Culprit {
  readonly files?: readonly string[];
  readonly event?: { readonly caseSeq?: number; readonly index?: string };
}

export interface Damage {
  readonly name: string;
  /** What a package has to have for this: not every log has witnesses. */
  readonly needs?: 'witnesses';
  /** Damages the package and tells what a checker has to name. */
  readonly strike: (held: HeldPackage, random: Random) => Culprit;
}

/** Whether any fault names the culprit. */
export const isNamed = ({ files = [], event }: Culprit, faults: readonly Fault[]): boolean =>
  faults.some((fault) => {
    if (fault.file !== undefined && files.includes(fault.file)) return true;
    if (event === undefined || fault.event === undefined) return false;
    return event.caseSeq === fault.event.caseSeq || (event.index !== undefined && event.index === fault.event.index);
  });

export const bytesOf = ({ files }: HeldPackage, path: string): Buffer => {
  const bytes = files.get(path);
  if (bytes === undefined) throw new RangeError(`the package has no ${path}`);
  return bytes;
};

export const pathsOf = ({ files }: HeldPackage): readonly string[] => [...files.keys()].sort();

/** One bit of a file, anywhere in it. */
export const flipBit = (held: HeldPackage, path: string, random: Random): void => {
  const bytes = bytesOf(held, path);
  const at = random.below(bytes.length);
  bytes[at] = (bytes[at] as number) ^ (1 << random.below(8));
};

export const setText = ({ files }: HeldPackage, path: string, text: string): void => {
  files.set(path, Buffer.from(text));
};
export const textOf = (held: HeldPackage, path: string): string => bytesOf(held, path).toString('utf8');
