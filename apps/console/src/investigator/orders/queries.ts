import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type {
  GroupsBody,
  ObservationsBody,
  OrderBody,
  OrderPosting,
  OrderSummaryBody,
  OrdersBody,
  OutgoingBody,
  PreviewBody,
  ProvidersBody,
  ReportAddressesBody,
  ReportStatementBody,
  ReportTakenBody,
} from '@tutela/investigator-desk/api';
import type { WindowAsked } from '@tutela/window';
import { read, send } from '../../app/api.js';
import { casePath } from '../case-queries.js';

export type ObservationRow = ObservationsBody['rows'][number];

const orderPath = (orderId: string): string => `/investigator/orders/${orderId}`;

export const ordersQuery = (caseRef: string) =>
  queryOptions({
    queryKey: ['investigator', 'orders', caseRef],
    queryFn: ({ signal }) => read<OrdersBody>('/investigator/orders', { query: { case: caseRef }, signal }),
  });

export const providersQuery = queryOptions({
  queryKey: ['investigator', 'providers'],
  queryFn: ({ signal }) => read<ProvidersBody>('/investigator/providers', { signal }),
});

export const groupsQuery = (caseRef: string) =>
  queryOptions({
    queryKey: ['investigator', 'groups', caseRef],
    queryFn: ({ signal }) => read<GroupsBody>(`${casePath(caseRef)}/observations/groups`, { signal }),
  });

export const previewQuery = (caseRef: string, provider: string) =>
  queryOptions({
    queryKey: ['investigator', 'preview', caseRef, provider],
    queryFn: ({ signal }) =>
      read<PreviewBody>(`${casePath(caseRef)}/observations/preview`, { query: { provider }, signal }),
  });

export const readObservations =
  (caseRef: string) =>
  (asked: WindowAsked, signal: AbortSignal): Promise<ObservationsBody> =>
    read<ObservationsBody>(`${casePath(caseRef)}/observations`, { query: { ...asked }, signal });

const addressesPath = (caseRef: string, report: string): string =>
  `${casePath(caseRef)}/reports/${encodeURIComponent(report)}/addresses`;

export const addressesQuery = (caseRef: string, report: string, stated: ReportStatementBody) =>
  queryOptions({
    queryKey: ['investigator', 'addresses', caseRef, report, stated],
    queryFn: ({ signal }) =>
      read<ReportAddressesBody>(addressesPath(caseRef, report), { query: { ...stated }, signal }),
    placeholderData: keepPreviousData,
  });

export const takeAddresses = (caseRef: string, report: string, stated: ReportStatementBody): Promise<ReportTakenBody> =>
  send(addressesPath(caseRef, report), stated);

export const orderQuery = (orderId: string) =>
  queryOptions({
    queryKey: ['investigator', 'order', orderId],
    queryFn: ({ signal }) => read<OrderBody>(orderPath(orderId), { signal }),
  });

export const outgoingQuery = (orderId: string) =>
  queryOptions({
    queryKey: ['investigator', 'outgoing', orderId],
    queryFn: ({ signal }) => read<OutgoingBody>(`${orderPath(orderId)}/outgoing`, { signal }),
  });

export interface OrderWish {
  readonly providerId: string;
  readonly authorityId: string;
  readonly purpose: string;
  readonly disclose: 'count' | 'handle' | 'identity';
  readonly qualified: 'withheld' | 'disclosed';
  readonly together: 'separate' | 'one-subscriber';
}

export const draftOrder = (caseRef: string, wish: OrderWish): Promise<OrderSummaryBody> =>
  send(`${casePath(caseRef)}/orders`, wish);
export const askOrder = (
  orderId: string,
  reason: string,
): Promise<{ readonly digest: string; readonly needed: number }> => send(`${orderPath(orderId)}/ask`, { reason });
export const sendOrder = (orderId: string, approval: string): Promise<unknown> =>
  send(`${orderPath(orderId)}/send`, { approval });
export const notePosted = (orderId: string, posting: OrderPosting): Promise<unknown> =>
  send(`${orderPath(orderId)}/posted`, posting);
export const confirmObservation = (caseRef: string, observationId: string, documentSha256: string): Promise<unknown> =>
  send(`${casePath(caseRef)}/observations/${observationId}/confirm`, { documentSha256 });
