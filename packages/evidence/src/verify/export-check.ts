import type { Contents } from '../format/index.js';
import { exportedEvent, packagePaths, readExportedPayload } from '../format/index.js';
import { type CaseHistory, placeOf } from './case-history.js';
import type { FaultList } from './fault.js';

interface Bound {
  readonly contents: Contents | undefined;
  /** SHA-256 of the canonical texts, as far as the files are there. */
  readonly contentsDigest: string | undefined;
  readonly requestDigest: string | undefined;
}

/** That the last event is the export of just this package. */
export const checkExport = ({ last }: CaseHistory, bound: Bound, faults: FaultList): void => {
  if (last === undefined) {
    faults.add('event-missing', { file: packagePaths.events, event: { caseSeq: 1 } }, 'there is no event');
    return;
  }
  const { entry, read } = last;
  if (entry.type !== exportedEvent) {
    const caseSeq = (entry.caseSeq ?? 0) + 1;
    faults.add('export-not-last', placeOf(last), `the last event is ${entry.type}`);
    faults.add('event-missing', { file: packagePaths.events, event: { caseSeq } }, 'the export has to follow');
    return;
  }
  if (read.line.opening === undefined) {
    faults.add('export-not-last', placeOf(last), 'what was exported is withheld');
    return;
  }
  const payload = readExportedPayload(read.line.opening.payload);
  if (payload.kind !== 'done') {
    faults.add('malformed', placeOf(last), payload.reason.message);
    return;
  }
  const { contents, contentsDigest, requestDigest } = bound;
  const { event } = placeOf(last);
  const disagree = (file: string, why: string): void => faults.add('contents-disagree', { file, event }, why);
  if (contentsDigest !== undefined && payload.value.contents !== contentsDigest) {
    disagree(packagePaths.contents, 'it is not the one that the last event names');
  }
  if (requestDigest !== undefined && payload.value.request !== requestDigest) {
    disagree(packagePaths.request, 'it is not the one that the last event names');
  }
  if (contents !== undefined && payload.value.package !== contents.package) {
    disagree(packagePaths.contents, 'the last event exports another package');
  }
};
