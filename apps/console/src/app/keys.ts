import type { MessageKey } from '@tutela/language';
import { useLayoutEffect, useRef, useSyncExternalStore } from 'react';
import { keyChoice } from './key-choice.js';

/** One key of the page. Nothing that cannot be taken back is on a single key: such a key only opens its dialog. */
export interface KeyBinding {
  /** `j`, `?`, `Space`, `Mod+k` (Ctrl, or Command on a Mac), or two in a row: `g o`. */
  readonly keys: string;
  readonly label: MessageKey;
  readonly run: () => void;
  /** For a key that is held: when it is let go of, or the window is left. */
  readonly release?: () => void;
}

let bindings: readonly KeyBinding[] = [];
const listeners = new Set<() => void>();
const replace = (next: readonly KeyBinding[]): void => {
  bindings = next;
  for (const listener of listeners) listener();
};

/**
 * Keys of a screen or widget, from the moment it is shown, so that none is lost, until it is gone. The one that was added
 * last wins.
 */
export const useKeys = (added: readonly KeyBinding[]): void => {
  const latest = useRef(added);
  latest.current = added;
  const shape = added.map(({ keys, label }) => `${keys} ${label}`).join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the shape says when the keys are others; what they run is read late
  useLayoutEffect(() => {
    const mine = latest.current.map(({ keys, label, release }, at) => ({
      keys,
      label,
      run: () => latest.current[at]?.run(),
      ...(release !== undefined && { release: () => latest.current[at]?.release?.() }),
    }));
    replace([...bindings, ...mine]);
    return () => replace(bindings.filter((one) => !mine.includes(one)));
  }, [shape]);
};

/** All keys that work now, for the page behind `?`. */
export const useKeyList = (): readonly KeyBinding[] =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => bindings,
  );

// In a list one types to find a line.
const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) ||
    target.closest('[aria-haspopup="listbox"], [role="listbox"]') !== null);

/** What has the focus does something of its own with Space. */
const takesSpace = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('summary, button, [role=button], [role=tab], .scroll') !== null;

/** How long the second key of two may take. */
const sequenceMs = 1500;

/** Listens for the whole page. No single letter does anything while somebody types, a dialog is open, or they are off. */
export const listenForKeys = (): (() => void) => {
  let before = { key: '', at: 0 };
  let held: { readonly key: string; readonly release: () => void } | undefined;
  const letGo = (): void => {
    held?.release();
    held = undefined;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const mod = event.ctrlKey || event.metaKey;
    if (event.altKey || event.defaultPrevented) return;
    const inDialog = document.querySelector('[role=dialog],[role=alertdialog]') !== null;
    if (!mod && (keyChoice() === 'off' || isTyping(event.target) || inDialog)) return;
    const named = event.key === ' ' ? 'Space' : event.key;
    if (named === 'Space' && takesSpace(event.target)) return;
    const pressed = mod ? `Mod+${event.key.toLowerCase()}` : named;
    if (event.repeat && held?.key === event.key) {
      event.preventDefault();
      return;
    }
    const sequence = event.timeStamp - before.at < sequenceMs ? `${before.key} ${pressed}` : '';
    const found =
      bindings.findLast(({ keys }) => keys === sequence) ?? bindings.findLast(({ keys }) => keys === pressed);
    before = { key: pressed, at: event.timeStamp };
    if (found === undefined) return;
    event.preventDefault();
    letGo();
    if (found.release !== undefined) held = { key: event.key, release: found.release };
    found.run();
  };
  const onKeyUp = (event: KeyboardEvent): void => {
    if (event.key === held?.key) letGo();
  };
  const ending = new AbortController();
  const { signal } = ending;
  document.addEventListener('keydown', onKeyDown, { signal });
  document.addEventListener('keyup', onKeyUp, { signal });
  addEventListener('blur', letGo, { signal });
  return () => ending.abort();
};
