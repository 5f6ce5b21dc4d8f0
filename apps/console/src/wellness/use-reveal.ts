import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { endReveal, fetchOriginal } from './queries.js';

export type Look =
  | { readonly state: 'hidden' }
  | { readonly state: 'asked' }
  /** `until`: milliseconds of this page's clock. */
  | { readonly state: 'shown'; readonly url: string; readonly until: number }
  | { readonly state: 'refused'; readonly problem: unknown };

export interface Reveal {
  readonly look: Look;
  readonly show: (reason: string) => void;
  readonly hide: () => void;
}

/**
 * One look at an original: asked for, shown, hidden again. It ends when it is let go of, when its time is over, when the
 * window loses the focus and when the screen is left; the node is told each time.
 */
export const useReveal = (at: string): Reveal => {
  const client = useQueryClient();
  const [look, setLook] = useState<Look>({ state: 'hidden' });
  const turn = useRef(0);
  const open = useRef<{ readonly url: string; readonly reveal: string; readonly timer: number }>(undefined);

  const hide = useCallback(() => {
    turn.current++;
    const ended = open.current;
    open.current = undefined;
    setLook((was) => (was.state === 'refused' ? was : { state: 'hidden' }));
    if (ended === undefined) return;
    clearTimeout(ended.timer);
    URL.revokeObjectURL(ended.url);
    void endReveal(ended.reveal).finally(() => void client.invalidateQueries({ queryKey: ['exposure'] }));
  }, [client]);

  const show = useCallback(
    async (reason: string) => {
      hide();
      const mine = turn.current;
      setLook({ state: 'asked' });
      try {
        const { picture, reveal, seconds } = await fetchOriginal(at, reason);
        // Let go of before it came: it counted, and is never drawn.
        if (turn.current !== mine) return void (await endReveal(reveal));
        const url = URL.createObjectURL(picture);
        open.current = { url, reveal, timer: window.setTimeout(hide, seconds * 1000) };
        setLook({ state: 'shown', url, until: Date.now() + seconds * 1000 });
        void client.invalidateQueries({ queryKey: ['exposure'] });
      } catch (problem) {
        if (turn.current === mine) setLook({ state: 'refused', problem });
      }
    },
    [at, client, hide],
  );

  useEffect(() => {
    const onHidden = () => {
      if (document.visibilityState === 'hidden') hide();
    };
    addEventListener('blur', hide);
    document.addEventListener('visibilitychange', onHidden);
    return () => {
      removeEventListener('blur', hide);
      document.removeEventListener('visibilitychange', onHidden);
      hide();
    };
  }, [hide]);
  return { look, show: (reason) => void show(reason), hide };
};
