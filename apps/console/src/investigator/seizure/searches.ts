export const fileClasses = ['picture', 'video', 'archive', 'document', 'message', 'database', 'other'] as const;
export const itemStates = ['digested', 'unreadable', 'changed', 'not-a-file'] as const;
export type FileClass = (typeof fileClasses)[number];
export type ItemState = (typeof itemStates)[number];

/** What the address of the list of files may say. */
export interface ItemsSearch {
  readonly class?: FileClass;
  readonly state?: ItemState;
  readonly account?: string;
  readonly sha256?: string;
  /** The content that leads a stack of look-alikes. */
  readonly stack?: string;
  readonly parent?: number;
  readonly source?: string;
}

export interface StacksSearch {
  readonly class?: 'picture' | 'video';
  readonly least?: number;
  readonly kind?: 'exact' | 'near';
}

export interface MatchesSearch {
  readonly kind?: 'exact' | 'near';
}

type Search = Readonly<Record<string, unknown>>;

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined;
const natural = (value: unknown): number | undefined =>
  Number.isSafeInteger(Number(value)) && Number(value) > 0 ? Number(value) : undefined;

export const readItemsSearch = (search: Search): ItemsSearch => {
  const fileClass = fileClasses.find((one) => one === search.class);
  const state = itemStates.find((one) => one === search.state);
  const [account, sha256, source] = [text(search.account), text(search.sha256), text(search.source)];
  const stack = text(search.stack);
  const parent = natural(search.parent);
  return {
    ...(fileClass !== undefined && { class: fileClass }),
    ...(state !== undefined && { state }),
    ...(account !== undefined && { account }),
    ...(sha256 !== undefined && { sha256 }),
    ...(stack !== undefined && { stack }),
    ...(source !== undefined && { source }),
    ...(parent !== undefined && { parent }),
  };
};

const readKind = ({ kind }: Search): MatchesSearch => (kind === 'exact' || kind === 'near' ? { kind } : {});

export const readMatchesSearch = readKind;

export const readStacksSearch = (search: Search): StacksSearch => {
  const least = natural(search.least);
  return {
    ...((search.class === 'picture' || search.class === 'video') && { class: search.class }),
    ...(least !== undefined && { least }),
    ...readKind(search),
  };
};
