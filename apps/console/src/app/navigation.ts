import type { MessageKey } from '@tutela/language';
import type { NodeStatus } from './node-status.js';

export interface NavigationItem {
  /** Without parameters: a screen that can be opened from nothing. */
  readonly to: string;
  readonly label: MessageKey;
  /** Two keys in a row, the first of them `g`. */
  readonly keys?: `g ${string}`;
}

/** What a desk has in the navigation, shown where the desk is open. */
export interface DeskNavigation {
  /** As the node names it, or `always` for what every node has. */
  readonly desk: 'platform' | 'clearinghouse' | 'investigator' | 'provider' | 'always';
  readonly title: MessageKey;
  /** What the desk is, in two sentences for somebody who has never seen it. */
  readonly about: MessageKey;
  readonly items: readonly NavigationItem[];
}

/** The parts whose desk is open on this node; before the node has said so, only what every node has. */
export const openDesks = (
  parts: readonly DeskNavigation[],
  status: NodeStatus | undefined,
): readonly DeskNavigation[] =>
  parts.filter(({ desk }) => desk === 'always' || status?.desks.some(({ name }) => name === desk));
