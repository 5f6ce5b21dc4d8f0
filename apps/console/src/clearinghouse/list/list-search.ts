export const listTabs = ['proposals', 'candidates', 'entries', 'members', 'versions', 'alerts'] as const;

/** Which part of a list is shown. */
export interface ListSearch {
  readonly tab?: (typeof listTabs)[number];
}

export const readListSearch = (search: Record<string, unknown>): ListSearch => {
  const tab = listTabs.find((one) => one === search.tab);
  return tab === undefined ? {} : { tab };
};
