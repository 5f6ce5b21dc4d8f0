import { type MailReading, readAbuseMail } from './abuse-mbox.js';
import { readAccessLog } from './access-log.js';
import { textLines } from './lines.js';
import type { ReadRow } from './service-row.js';
import { readAccounts, readPayments, readShares, readStaffAccess, readTakedowns } from './tables.js';

/** What a file of the service's records is. Whoever imports says so; nothing is guessed. */
export type RecordFormat =
  | { readonly kind: 'accounts-csv' | 'access-log' | 'payments-csv' | 'staff-csv' | 'takedowns-csv' | 'shares-csv' }
  | ({ readonly kind: 'abuse-mbox' } & MailReading);

const readers = {
  'accounts-csv': readAccounts,
  'access-log': readAccessLog,
  'payments-csv': readPayments,
  'staff-csv': readStaffAccess,
  'takedowns-csv': readTakedowns,
  'shares-csv': readShares,
} as const;

export const readRecords = (bytes: AsyncIterable<Uint8Array>, format: RecordFormat): AsyncIterable<ReadRow> => {
  const lines = textLines(bytes);
  return format.kind === 'abuse-mbox' ? readAbuseMail(lines, format) : readers[format.kind](lines);
};
