import type { FaultKind } from '../fault.js';
import type { KeyStanding, PackageKey, PackageVerdict } from '../report.js';

export type Language = 'en' | 'es' | 'pt';

/** All that a checker says, in one language. */
export interface Texts {
  readonly verdict: Readonly<Record<PackageVerdict, { readonly word: string; readonly sentence: string }>>;
  /** What a fault means to somebody who has to decide about the package. */
  readonly meaning: Readonly<Record<FaultKind, string>>;
  readonly keyKind: Readonly<Record<PackageKey['kind'], string>>;
  readonly standing: Readonly<Record<KeyStanding, string>>;
  readonly checked: {
    readonly files: string;
    readonly bytes: string;
    readonly events: string;
    readonly openings: string;
    readonly withheld: string;
    readonly nodes: string;
    readonly cosignatures: string;
    readonly approvals: string;
  };
  readonly words: {
    readonly package: string;
    readonly case: string;
    readonly created: string;
    readonly approvedBy: string;
    readonly log: string;
    readonly leaves: string;
    readonly seenBy: string;
    readonly faults: string;
    readonly event: string;
    readonly place: string;
    readonly whatWasChecked: string;
    /** The same, when something was found. */
    readonly goneThrough: string;
    readonly keys: string;
    readonly keysAdvice: string;
    readonly more: string;
  };
  readonly page: {
    readonly title: string;
    readonly lead: string;
    readonly drop: string;
    readonly chooseFile: string;
    readonly chooseFolder: string;
    readonly trust: string;
    readonly trustAdvice: string;
    readonly trustRefused: string;
    readonly checking: string;
    readonly left: string;
    readonly again: string;
    readonly unreadable: string;
    readonly offline: string;
  };
}
