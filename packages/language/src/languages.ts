/** What people may read Tutela in. BCP 47 tags. */
export const languages = ['en', 'es', 'pt-BR'] as const;
export type Language = (typeof languages)[number];

/** The name of each language in itself, for whoever chooses. */
export const languageNames: Readonly<Record<Language, string>> = {
  en: 'English',
  es: 'Español',
  'pt-BR': 'Português (Brasil)',
};

/**
 * The first of what somebody prefers that is here (`pt` and `pt-PT` find `pt-BR`), English otherwise.
 * @param preferred BCP 47 tags, such as `navigator.languages` or `LANG` without its encoding
 */
export const chooseLanguage = (preferred: readonly string[]): Language => {
  for (const tag of preferred) {
    const [primary] = tag.toLowerCase().split(/[-_.]/);
    const found = languages.find((language) => language.toLowerCase().split('-')[0] === primary);
    if (found !== undefined) return found;
  }
  return 'en';
};
