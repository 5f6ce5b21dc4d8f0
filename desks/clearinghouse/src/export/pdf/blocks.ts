/** A fact as it is printed: what it is, and what is known of it. */
export type Fact = readonly [label: string, text: string];

/** What a page is made of, in order. */
export type Block =
  | { readonly kind: 'title'; readonly text: string }
  | { readonly kind: 'section'; readonly text: string }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'facts'; readonly facts: readonly Fact[] }
  | { readonly kind: 'note'; readonly text: string };

export const section = (text: string): Block => ({ kind: 'section', text });
export const heading = (text: string): Block => ({ kind: 'heading', text });
export const facts = (...rows: readonly Fact[]): Block => ({ kind: 'facts', facts: rows });
export const note = (text: string): Block => ({ kind: 'note', text });
