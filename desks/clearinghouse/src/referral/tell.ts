import type { NewEvent } from '@tutela/ledger/postgres';
import { authorityColumns } from '../authority-registry/authority.js';

type Written = Extract<NewEvent['effects'][number], { readonly kind: 'written' }>;

/** The file's own, without the key. */
const registryColumns = authorityColumns.filter((column) => column !== 'authority_id');

/** What the ledger vouches for of each row of the routing; what a retry counts is not among it. */
const columns = {
  authority: [...registryColumns, 'file_sha256', 'imported_at', 'imported_by'],
  feed_credential: ['credential_sha256', 'issued_at', 'issued_by'],
  forward: ['bundle_id', 'reason', 'made_at', 'made_by', 'recalled_at', 'recalled_by', 'recalled_reason'],
  referral: [
    'authority_id',
    'country',
    'kind',
    'report_number',
    'forward_id',
    'label',
    'label_reason',
    'lane',
    'incident_type',
    'reports',
    'reports_sha256',
    'state',
    'earlier_state',
    'reason',
    'made_at',
    'made_by',
    'downloaded_at',
    'acknowledged_at',
    'receipt',
    'superseded_by',
  ],
  notice: [
    'authority_id',
    'channel',
    'first_position',
    'last_position',
    'referrals',
    'urgent',
    'state',
    'queued_at',
    'sent_at',
    'sent_by',
    'receipt',
    'escalated_at',
  ],
  feedback: ['referral_id', 'report_number', 'usefulness', 'outcome', 'given_at'],
  request: [
    'kind',
    'record_sha256',
    'report_number',
    'preserved_by',
    'renews',
    'state',
    'made_at',
    'made_by',
    'sent_at',
    'sent_by',
    'receipt',
    'settled_at',
    'settled_by',
    'note',
  ],
  request_document: ['language', 'sha256', 'made_at'],
  request_deadline: ['at', 'remind_at', 'reminded_at', 'state'],
} as const;

export const written = (table: keyof typeof columns, key: Written['key']): Written => ({
  kind: 'written',
  table: `clearinghouse.${table}`,
  key,
  columns: columns[table],
});

export const reportSubject = (reportNumber: string): string => `clearinghouse/report/${reportNumber}`;
export const referralSubject = (referralId: string): string => `clearinghouse/referral/${referralId}`;
export const authoritySubject = (authorityId: string): string => `clearinghouse/authority/${authorityId}`;

/** Who acts over the feed. */
export const authorityActor = (authorityId: string): string => `authority/${authorityId}`;
