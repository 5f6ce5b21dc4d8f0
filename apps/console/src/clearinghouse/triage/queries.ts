import type {
  BundleItemBody,
  BundleMember,
  GateAnswer,
  OpeningBody,
  QueueBody,
  ReportBody,
  ReportItemBody,
  ReportRoutingsBody,
} from '@tutela/clearinghouse-desk/api';
import type { Window, WindowAsked } from '@tutela/window';
import { read, send } from '../../app/api.js';
import type { Label } from './tones.js';
import type { TriageSearch } from './triage-search.js';

interface Asked {
  readonly signal: AbortSignal;
}

const filterOf = ({ state, ...others }: TriageSearch) => ({ ...others, ...(state !== 'all' && { state }) });

export const readQueue =
  (search: TriageSearch) =>
  (asked: WindowAsked, signal: AbortSignal): Promise<QueueBody> =>
    read<QueueBody>('/clearinghouse/triage', { query: { ...filterOf(search), ...asked }, signal });

/** What stands first under a filter, and how many wait behind it. */
export const firstQuery = (search: TriageSearch) => ({
  queryKey: ['clearinghouse', 'first', search],
  queryFn: ({ signal }: Asked) => readQueue(search)({ rank: 0, limit: 1 }, signal),
});

export const reportQuery = (number: string) => ({
  queryKey: ['clearinghouse', 'report', number],
  queryFn: ({ signal }: Asked) => read<ReportBody>(`/clearinghouse/reports/${number}`, { signal }),
});

export const judgedQuery = (number: string) => ({
  queryKey: ['clearinghouse', 'judged', number],
  queryFn: ({ signal }: Asked) => read<ReportItemBody>(`/clearinghouse/triage/reports/${number}`, { signal }),
});

export const routingsQuery = (number: string) => ({
  queryKey: ['clearinghouse', 'routings', number],
  queryFn: ({ signal }: Asked) => read<ReportRoutingsBody>(`/clearinghouse/routings/${number}`, { signal }),
});

export const bundleQuery = (bundle: string) => ({
  queryKey: ['clearinghouse', 'bundle', bundle],
  queryFn: ({ signal }: Asked) => read<BundleItemBody>(`/clearinghouse/triage/bundles/${bundle}`, { signal }),
});

export const readMembers =
  (bundle: string) =>
  (asked: WindowAsked, signal: AbortSignal): Promise<Window<BundleMember>> =>
    read<Window<BundleMember>>(`/clearinghouse/triage/bundles/${bundle}/members`, { query: { ...asked }, signal });

export const fileAt = (number: string, file: string): string => `/clearinghouse/reports/${number}/files/${file}`;

export const gateQuery = (at: string) => ({
  queryKey: ['clearinghouse', 'gate', at],
  queryFn: ({ signal }: Asked) => read<GateAnswer>(`${at}/gate`, { signal }),
});

const acts = '/clearinghouse/triage';
export const claim = (item: string): Promise<unknown> => send(`${acts}/claim`, { item });
export const release = (item: string): Promise<unknown> => send(`${acts}/release`, { item });
export const markRead = (item: string): Promise<unknown> => send(`${acts}/read`, { item });
export const labelReport = (number: string, label: Label, reason: string): Promise<unknown> =>
  send(`${acts}/reports/${number}/label`, { label, reason });

export type BundleAct = 'withdraw-decision' | 'dissolve' | 'restore';
export const actOnBundle = (bundle: string, act: BundleAct, reason: string): Promise<unknown> =>
  send(`${acts}/bundles/${bundle}/${act}`, { reason });
export const decideBundle = (bundle: string, label: Label, reason: string): Promise<unknown> =>
  send(`${acts}/bundles/${bundle}/decide`, { label, reason });
export const moveMember = (bundle: string, number: string, way: 'remove' | 'return', reason: string) =>
  send(`${acts}/bundles/${bundle}/members/${number}/${way}`, { reason });
export const forwardBundle = (bundle: string, reason: string): Promise<unknown> =>
  send(`/clearinghouse/bundles/${bundle}/forward`, { reason });

export const openFile = (at: string, basis: OpeningBody): Promise<{ readonly digest?: string }> =>
  send(`${at}/openings`, basis);

/** After a second person approved it. @param digest of the request they approved */
export const confirmExigency = (at: string, digest: string): Promise<unknown> => send(`${at}/openings/${digest}`, {});
