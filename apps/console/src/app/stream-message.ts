import type { NodeStatus } from './node-status.js';

/** Something that a page may show is not as it was: topic `investigator.pass`, or a desk alone; `id: null` is many. */
export interface Change {
  readonly topic: string;
  readonly id: string | null;
  readonly caseRef: string | null;
}

/** A message of `/status/stream`. */
export type StreamMessage =
  | { readonly kind: 'status'; readonly status: NodeStatus }
  | { readonly kind: 'changed'; readonly changes: readonly Change[] };

/** One event as it stands between two empty lines; `undefined` for comments and for what this page does not know. */
export const messageOf = (event: string): StreamMessage | undefined => {
  const lines = event.split(/\r?\n/);
  const fieldOf = (field: string): readonly string[] =>
    lines.flatMap((line) => (line.startsWith(`${field}:`) ? [line.slice(field.length + 1).replace(/^ /, '')] : []));
  const data = fieldOf('data').join('\n');
  if (data === '') return undefined;
  const [name = 'message'] = fieldOf('event');
  if (name === 'message') return { kind: 'status', status: JSON.parse(data) };
  return name === 'changed' ? { kind: 'changed', changes: JSON.parse(data).changes } : undefined;
};
