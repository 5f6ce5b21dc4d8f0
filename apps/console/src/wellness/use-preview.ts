import { useCallback, useEffect, useState } from 'react';
import { fetchPreview } from './queries.js';

export type Preview =
  | { readonly state: 'loading' }
  | { readonly state: 'shown'; readonly url: string }
  | { readonly state: 'failed'; readonly problem: unknown };

/** The degraded picture of a file, for as long as it is shown: kept in no cache, since none may keep it. */
export const usePreview = (at: string): readonly [Preview, () => void] => {
  const [preview, setPreview] = useState<Preview>({ state: 'loading' });
  const [turn, setTurn] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another turn asks once more for the same
  useEffect(() => {
    const leaving = new AbortController();
    let url: string | undefined;
    setPreview({ state: 'loading' });
    fetchPreview(at, leaving.signal).then(
      (picture) => {
        if (leaving.signal.aborted) return;
        url = URL.createObjectURL(picture);
        setPreview({ state: 'shown', url });
      },
      (problem: unknown) => {
        if (!leaving.signal.aborted) setPreview({ state: 'failed', problem });
      },
    );
    return () => {
      leaving.abort();
      if (url !== undefined) URL.revokeObjectURL(url);
    };
  }, [at, turn]);
  return [preview, useCallback(() => setTurn((was) => was + 1), [])];
};
