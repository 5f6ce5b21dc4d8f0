import type { ReactNode } from 'react';

export interface Fact {
  readonly name: string;
  /** Nothing known (`null`, `undefined`, empty) is shown as a dash, never left out. */
  readonly value: ReactNode;
  /** `wide` takes the whole width; `code` is for digests and identifiers. */
  readonly form?: 'wide' | 'code';
}

/** Names and values, in a grid that folds by the width there is. */
export const Facts = ({ facts }: { readonly facts: readonly Fact[] }) => (
  <dl className="facts">
    {facts.map(({ name, value, form }) => (
      <div key={name} data-form={form}>
        <dt>{name}</dt>
        <dd>{value === null || value === undefined || value === '' ? '—' : value}</dd>
      </div>
    ))}
  </dl>
);
