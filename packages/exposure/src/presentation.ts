import type { Look } from '@tutela/media';

/** How a file is shown before it is revealed. */
export interface Presentation {
  /** Longest side in pixels. */
  readonly side: number;
  readonly tone: 'colour' | 'grey';
  /** Standard deviation of the blur in pixels of what is shown. */
  readonly blur: number;
  readonly sound: 'muted' | 'heard';
}

/** What any setting may say. A side of 512 pixels is what fingerprints are made of: more shows the file itself. */
export const presentationBounds = { side: { least: 32, most: 512 }, blur: { least: 0, most: 60 } } as const;

/** Of two, the milder in each respect. */
export const mildest = (one: Presentation, other: Presentation): Presentation => ({
  side: Math.min(one.side, other.side),
  tone: one.tone === 'grey' || other.tone === 'grey' ? 'grey' : 'colour',
  blur: Math.max(one.blur, other.blur),
  sound: one.sound === 'muted' || other.sound === 'muted' ? 'muted' : 'heard',
});

type Respect = keyof Presentation;

/** In which respects `shown` spares people less than `minimum`; empty when in none. */
export const weakerRespects = (shown: Presentation, minimum: Presentation): readonly Respect[] => {
  const kept = mildest(shown, minimum);
  return (Object.keys(kept) as Respect[]).filter((respect) => kept[respect] !== shown[respect]);
};

export const lookOf = ({ side, tone, blur }: Presentation): Look => ({ side, tone, blur });
