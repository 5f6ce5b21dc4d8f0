import { toHex } from '@tutela/core';
import { certificatesOfPem, pemOfCertificates, stampedBody, tokenOfReply, verifyTimestamp } from '@tutela/ledger/time';
import { fromUtf8 } from '../format/canonical-file.js';
import { authorityOf, limits, packagePaths, timestampPaths } from '../format/index.js';
import type { DigestingReader } from './digesting.js';
import type { FaultList } from './fault.js';
import type { Inventory } from './inventory.js';
import type { VerifyDeps } from './ports.js';
import type { KeyStanding, PackageKey, PackageReport } from './report.js';
import type { Trust } from './trust.js';

export interface TimeFindings {
  readonly times: PackageReport['times'];
  readonly keys: readonly PackageKey[];
}

/** Every time stamp over the checkpoint, against the roots beside it and those that the checker trusts. */
export const checkTimes = async (
  { hasher }: VerifyDeps,
  { reader, inventory }: { readonly reader: DigestingReader; readonly inventory: Inventory },
  note: Uint8Array | undefined,
  trust: Trust,
  faults: FaultList,
): Promise<TimeFindings> => {
  const authorities = [...new Set([...inventory.keys()].flatMap((path) => authorityOf(path) ?? []))].sort();
  if (authorities.length === 0) faults.add('timestamp', { file: packagePaths.checkpoint }, 'no authority stamped it');
  const body = note === undefined ? undefined : stampedBody(note);
  const times: PackageReport['times'][number][] = [];
  const keys: PackageKey[] = [];
  for (const [at, authority] of authorities.entries()) {
    const paths = timestampPaths(authority);
    const reply = await reader.whole(paths.token, limits.tokenBytes);
    const roots = readRoots(await reader.whole(paths.roots, limits.tokenBytes));
    if (at >= limits.timestamps) {
      faults.add('timestamp', { file: paths.token }, `more than ${limits.timestamps} authorities`);
      continue;
    }
    if (reply === undefined) faults.add('timestamp', { file: paths.token }, 'it is not there, or too long');
    if (roots === undefined)
      faults.add('timestamp', { file: paths.roots }, 'it is not certificates in PEM and nothing else');
    if (reply === undefined || roots === undefined || body?.kind !== 'done') continue;
    const token = tokenOfReply(reply);
    if (token.kind !== 'done') {
      faults.add('timestamp', { file: paths.token }, token.reason.message);
      continue;
    }
    const claim = { token: token.value, imprintOf: body.value };
    const proven = await verifyTimestamp({ ...claim, roots });
    if (proven.kind !== 'done') {
      faults.add('timestamp', { file: paths.token }, proven.reason.message);
      continue;
    }
    const trusted = trust.timeRoots.length > 0 && (await verifyTimestamp({ ...claim, roots: trust.timeRoots }));
    const standing: KeyStanding = trusted === false ? 'not-compared' : trusted.kind === 'done' ? 'matches' : 'unknown';
    // Anybody can put a stamp there; what a stranger says of the time is not told to who knows better.
    if (standing !== 'unknown') times.push({ kind: 'authority', name: authority, at: proven.value.genTime });
    const root = proven.value.chain.at(-1) as Uint8Array;
    keys.push({ kind: 'time-root', name: authority, fingerprint: toHex(hasher.sha256(root)), standing });
  }
  if (trust.timeRoots.length > 0 && !keys.some(({ standing }) => standing === 'matches')) {
    faults.add('trust', { file: packagePaths.checkpoint }, 'no time stamp leads to a root that you trust');
  }
  return { times, keys };
};

const readRoots = (bytes: Uint8Array | undefined): readonly string[] | undefined => {
  const text = bytes && fromUtf8(bytes);
  const certificates = text && certificatesOfPem(text);
  return certificates && pemOfCertificates(certificates) === text ? [text] : undefined;
};
