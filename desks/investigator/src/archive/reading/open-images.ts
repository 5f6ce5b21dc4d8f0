import type { Outcome } from '@tutela/core';
import { type OpenCode, type OpenImage, openImage } from '@tutela/image';

/** Images by their first file; what was found out of one is kept for a while. */
export interface OpenImages {
  readonly find: (locator: string) => Promise<Outcome<OpenImage, OpenCode>>;
}

const keepMilliseconds = 10 * 60_000;
const mostKept = 16;

/** One file of an image may take an hour; a tool that takes longer hangs. */
const limits = { milliseconds: 3_600_000 };

/**
 * Asks the tools once for an image, and again where they could not say. What they are run for is not put on record: that
 * the pass did with the same image, and the bytes are its bytes by their digest.
 */
export const newOpenImages = (): OpenImages => {
  const kept = new Map<string, { readonly until: number; readonly image: Promise<Outcome<OpenImage, OpenCode>> }>();
  const drop = (locator: string, image: Promise<unknown>): void => {
    if (kept.get(locator)?.image === image) kept.delete(locator);
  };
  return {
    find: (locator) => {
      const known = kept.get(locator);
      if (known !== undefined && performance.now() < known.until) return known.image;
      const [oldest] = kept.keys();
      if (oldest !== undefined && kept.size >= mostKept) kept.delete(oldest);
      const image = openImage({ record: () => undefined, limits }, { paths: [locator] });
      kept.set(locator, { until: performance.now() + keepMilliseconds, image });
      void image.then(
        (outcome) => outcome.kind !== 'done' && drop(locator, image),
        () => drop(locator, image),
      );
      return image;
    },
  };
};
