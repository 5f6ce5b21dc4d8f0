import { queryOptions } from '@tanstack/react-query';
import type { ApprovalRequestsBody } from '@tutela/oversight/api';
import { read } from '../../app/api.js';

/** Two people's word on an order, as far as it was given. */
export interface OrderRequest {
  readonly order: string;
  readonly digest: string;
  readonly state: string;
  readonly needed: number;
  readonly approvedBy: readonly { readonly person: string }[];
}

interface AskedOrder {
  readonly action: string;
  readonly content?: { readonly order?: string };
}

/** Open requests about orders, newest first. */
export const orderRequestsQuery = queryOptions({
  queryKey: ['investigator', 'order-requests'],
  queryFn: async ({ signal }): Promise<readonly OrderRequest[]> => {
    const { requests } = await read<ApprovalRequestsBody>('/policy/requests', {
      query: { state: 'open', limit: 200 },
      signal,
    });
    return requests.flatMap(({ document, ...request }) => {
      const { action, content } = JSON.parse(document) as AskedOrder;
      return action === 'order.send' && content?.order !== undefined ? [{ ...request, order: content.order }] : [];
    });
  },
});
