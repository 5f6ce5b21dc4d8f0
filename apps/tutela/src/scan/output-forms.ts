import type { Platform, ScanRecord } from '@tutela/platform-desk';
import type { OnceOutput } from './once-output.js';
import type { ScanEnd } from './run-scan.js';

export interface ScanOutput {
  readonly open: (scan: string) => Promise<OnceOutput>;
  readonly end: (end: ScanEnd) => void;
}

type Store = Pick<Platform, 'setOutput'>;

/** Every line of the scan from its beginning, whatever an earlier run had written. */
const fromTheBeginning =
  (store: Store, take: (records: readonly string[]) => void) =>
  async (scan: string): Promise<OnceOutput> => {
    let next = 0;
    return {
      next: () => next,
      write: async (lines) => {
        take(Buffer.from(lines).toString('utf8').trimEnd().split('\n'));
        next++;
        await store.setOutput(scan, { written: next, pending: null });
      },
    };
  };

/** One JSON document, printed as it grows. */
export const jsonOutput = (store: Store, print: (text: string) => void): ScanOutput => {
  let separator = '';
  const open = fromTheBeginning(store, (lines) => {
    for (const line of lines) {
      print(`${separator}${line}`);
      separator = ',\n';
    }
  });
  return {
    open: (scan) => {
      print(`{"v":1,"scan":${JSON.stringify(scan)},"records":[\n`);
      return open(scan);
    },
    end: ({ files, bytes, tally }) =>
      print(`\n],"files":${files},"bytes":${bytes},"tally":${JSON.stringify(tally)}}\n`),
  };
};

/** What a person wants to see: everything but the files that agree with nothing. */
export const collectedOutput = (
  store: Store,
  show: (records: readonly ScanRecord[], end: ScanEnd) => void,
): ScanOutput => {
  const kept: ScanRecord[] = [];
  const open = fromTheBeginning(store, (lines) => {
    for (const line of lines) {
      if (!line.includes('"outcome":"none"')) kept.push(JSON.parse(line) as ScanRecord);
    }
  });
  return { open, end: (end) => show(kept, end) };
};
