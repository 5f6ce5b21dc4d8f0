/** What the queue of stacks is filtered by, as an address carries it. */
export interface StackSearch {
  readonly state: (typeof stackStates)[number];
  readonly kind?: 'exact' | 'near';
  readonly list?: string;
  readonly account?: string;
}

export const stackStates = ['waiting', 'decided', 'all'] as const;

export const readStackSearch = (search: Record<string, unknown>): StackSearch => ({
  state: stackStates.find((state) => state === search.state) ?? 'waiting',
  ...((search.kind === 'exact' || search.kind === 'near') && { kind: search.kind }),
  ...(typeof search.list === 'string' && search.list !== '' && { list: search.list }),
  ...(typeof search.account === 'string' && search.account !== '' && { account: search.account }),
});
