import type { Me, MySettings } from './queries.js';

type Shown = MySettings['general'];

export const levels = ['usual', 'less', 'least', 'clear', 'hidden', 'own'] as const;
/** How one kind of file is shown; `own` is a setting that was made elsewhere. */
export type Level = (typeof levels)[number];

/** The smallest side in pixels and the strongest blur that the node renders. */
const bounds = { side: 32, blur: 60 } as const;

/** What a level is: a step beyond the organisation's minimum, so that each level shows less than `clear`. */
const shownAt = (level: 'less' | 'least' | 'clear', { minimum, settings }: Me): Shown => {
  const { sound } = settings.general;
  if (level === 'clear') return { ...minimum, sound };
  const asked =
    level === 'less' ? { side: 96, blur: 12, part: 3 / 4, more: 6 } : { side: 64, blur: 24, part: 1 / 2, more: 15 };
  return {
    side: Math.max(bounds.side, Math.min(asked.side, Math.round(minimum.side * asked.part))),
    blur: Math.min(bounds.blur, Math.max(asked.blur, minimum.blur + asked.more)),
    tone: 'grey',
    sound,
  };
};

const alike = (one: Shown, other: Shown): 'alike' | 'differing' =>
  one.side === other.side && one.blur === other.blur && one.tone === other.tone ? 'alike' : 'differing';

export type Category = keyof MySettings['byCategory'];

export const levelOf = (me: Me, category: Category): Level => {
  const { byCategory, optedOut } = me.settings;
  if (optedOut.includes(category)) return 'hidden';
  const own = byCategory[category];
  if (own === undefined) return 'usual';
  return (['less', 'least', 'clear'] as const).find((level) => alike(shownAt(level, me), own) === 'alike') ?? 'own';
};

/** The settings with one kind of file at another level. */
export const withLevel = (me: Me, category: Category, level: Level): MySettings => {
  const { general, byCategory, optedOut } = me.settings;
  if (level === 'own') return me.settings;
  const { [category]: _, ...others } = byCategory;
  const kept = optedOut.filter((one) => one !== category);
  if (level === 'hidden') return { general, byCategory: others, optedOut: [...kept, category] };
  const own = level === 'usual' ? {} : { [category]: shownAt(level, me) };
  return { general, byCategory: { ...others, ...own }, optedOut: kept };
};
