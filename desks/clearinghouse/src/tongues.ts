import { chooseLanguage, type Language, openLanguage, type Tongue } from '@tutela/language';
import { catalogues } from '@tutela/language/all';

const opened = new Map<Language, Tongue>();

/** The first of somebody's languages that texts exist in. Documents tell moments in UTC, since they cross borders. */
export const tongueOf = (preferred: readonly string[]): Tongue => {
  const language = chooseLanguage(preferred);
  const known = opened.get(language);
  if (known !== undefined) return known;
  const tongue = openLanguage({ language, messages: catalogues[language], timeZone: 'UTC' });
  opened.set(language, tongue);
  return tongue;
};
