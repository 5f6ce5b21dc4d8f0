/** Label and what is said; a list is one line each. `digest` stands in letters of equal width. */
export interface Fact {
  readonly label: string;
  readonly text: string;
  readonly kind?: 'digest';
}

/** What a report is made of, in its order. */
export type Block =
  | { readonly kind: 'front'; readonly kicker: string; readonly title: string }
  | { readonly kind: 'section'; readonly text: string }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  /** What must not be missed. */
  | { readonly kind: 'caution'; readonly text: string }
  | { readonly kind: 'facts'; readonly facts: readonly Fact[] }
  | {
      readonly kind: 'table';
      readonly head: readonly string[];
      readonly widths: readonly number[];
      readonly rows: Rows;
    }
  /** PNG or JPEG, with a text that says the same. */
  | { readonly kind: 'picture'; readonly bytes: Uint8Array; readonly caption: string };

type Rows = readonly (readonly string[])[];

export const section = (text: string): Block => ({ kind: 'section', text });
export const heading = (text: string): Block => ({ kind: 'heading', text });
export const paragraph = (text: string): Block => ({ kind: 'paragraph', text });

/** Facts as pairs of label and text; what is `undefined` was not recorded and is left out. */
export const facts = (...pairs: readonly (readonly [label: string, text: string | undefined])[]): Block => ({
  kind: 'facts',
  facts: pairs.flatMap(([label, text]) => (text === undefined ? [] : [{ label, text, ...kindOf(text) }])),
});

const kindOf = (text: string): Pick<Fact, 'kind'> | undefined =>
  /^[0-9a-f]{32,128}$/.test(text) ? { kind: 'digest' } : undefined;
