import { type RequestKind, requestKinds } from './request-draft.js';

/** What a request begins with. */
export interface ComposeSearch {
  readonly kind?: RequestKind;
  readonly report?: string;
  readonly authority?: string;
  /** The preservation request under which more is asked. */
  readonly under?: string;
  readonly renews?: string;
}

export const readComposeSearch = (search: Record<string, unknown>): ComposeSearch => {
  const kind = requestKinds.find((one) => one === search.kind);
  // The router reads a number as one.
  const text = (name: 'report' | 'authority' | 'under' | 'renews') => {
    const value = search[name];
    return (typeof value === 'string' && value !== '') || typeof value === 'number' ? { [name]: `${value}` } : {};
  };
  return {
    ...(kind !== undefined && { kind }),
    ...text('report'),
    ...text('authority'),
    ...text('under'),
    ...text('renews'),
  };
};
