import { keepPreviousData } from '@tanstack/react-query';
import type {
  CoverageDaysBody,
  DayGapsBody,
  OrderBody,
  OrderHistoryBody,
  OrdersBody,
  ReleasedBody,
  ReleasePreviewBody,
  RulesBody,
  ScopeCheckBody,
  SegmentsBody,
  SourcesBody,
  StatisticsBody,
} from '@tutela/provider-desk/api';
import type { WindowAsked } from '@tutela/window';
import { read, send } from '../app/api.js';
import type { OrderFilter } from './states.js';

interface Signalled {
  readonly signal: AbortSignal;
}
const asked = <Body>(
  key: readonly unknown[],
  path: string,
  query: Readonly<Record<string, string | undefined>> = {},
) => ({
  queryKey: ['provider', ...key],
  queryFn: ({ signal }: Signalled) => read<Body>(`/provider/${path}`, { query, signal }),
});

export type OrderRow = OrdersBody['rows'][number];
export type SegmentRow = SegmentsBody['rows'][number];

export const readOrders =
  (state: OrderFilter) =>
  (window: WindowAsked, signal: AbortSignal): Promise<OrdersBody> =>
    read<OrdersBody>('/provider/orders', { query: { ...(state !== 'all' && { state }), ...window }, signal });
export const readSegments = (window: WindowAsked, signal: AbortSignal): Promise<SegmentsBody> =>
  read<SegmentsBody>('/provider/segments', { query: { ...window }, signal });

export const orderQuery = (id: string) => asked<OrderBody>(['order', id], `orders/${id}`);
export const scopeQuery = (id: string) => asked<ScopeCheckBody>(['order', id, 'scope'], `orders/${id}/scope`);
export const historyQuery = (id: string) => asked<OrderHistoryBody>(['order', id, 'history'], `orders/${id}/history`);
/** The days of before stay while others are asked for, and with them the field in which somebody types. */
export const daysQuery = (to: string | undefined) => ({
  ...asked<CoverageDaysBody>(['days', to], 'coverage/days', { to }),
  placeholderData: keepPreviousData,
});
export const gapsQuery = (day: string) => asked<DayGapsBody>(['gaps', day], `coverage/days/${day}`);
export const sourcesQuery = asked<SourcesBody>(['sources'], 'sources');
export const rulesQuery = asked<RulesBody>(['rules'], 'rules');
export const statisticsQuery = (period: { readonly from?: string | undefined; readonly to?: string | undefined }) =>
  asked<StatisticsBody>(['statistics', period], 'statistics', period);

export const askRelease = (id: string, reason: string) => send(`/provider/orders/${id}/ask`, { reason });
export const declineOrder = (id: string, reason: string) => send(`/provider/orders/${id}/decline`, { reason });
export const previewRelease = (id: string, approval: string) =>
  send<ReleasePreviewBody>(`/provider/orders/${id}/preview`, { approval });
export const releaseOrder = (id: string, approval: string) =>
  send<ReleasedBody>(`/provider/orders/${id}/release`, { approval });
