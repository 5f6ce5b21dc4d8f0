import path from 'node:path';
import type { DemoPackage } from './pack-case.js';

const times: Readonly<Record<DemoPackage['time'], string>> = {
  configured: 'stamped by the time authorities of this installation',
  demonstration: 'stamped by an authority of the demonstration, which proves nothing to a court',
  'openssl-missing': 'not stamped: that needs openssl, or TUTELA_TIME_AUTHORITIES, so it cannot be verified',
  earlier: 'made by an earlier demonstration',
};

/** Where the package is, what it is, and how to check it without believing us. */
export const packageLine = (packed: DemoPackage | undefined): string => {
  if (packed === undefined) {
    return 'evidence package: none here, since other people than the demonstration’s are enrolled';
  }
  const { folder, bytes, events, report, trust, time } = packed;
  const size = `${(bytes / 1e6).toFixed(1)} MB, ${events} events`;
  const check = `tutela package verify ${quoted(folder)} --trust ${quoted(trust)}`;
  return `evidence package: ${folder} (${size}): ${report.verdict}, ${times[time]}; check it: ${check}, or open ${path.join(folder, 'verify.html')}`;
};

const quoted = (file: string): string => (/^[\w./-]+$/.test(file) ? file : `'${file.replaceAll("'", `'\\''`)}'`);
