import type { Me, MySettings } from './queries.js';

type Shown = MySettings['general'];

export const levels = ['usual', 'less', 'least', 'clear', 'hidden', 'own'] as const;
/** How one kind of file is shown; `own` is a setting that was made elsewhere. */
export type Level = (typeof levels)[number];

/** What a level is, never weaker than the organisation's minimum. */
const shownAt = (level: 'less' | 'least' | 'clear', { minimum, settings }: Me): Shown => {
  const { sound } = settings.general;
  if (level === 'clear') return { ...minimum, sound };
  const asked = level === 'less' ? { side: 96, blur: 12 } : { side: 64, blur: 24 };
  return {
    side: Math.min(asked.side, minimum.side),
    blur: Math.max(asked.blur, minimum.blur),
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
