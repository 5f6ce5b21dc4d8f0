import { en } from './en.js';
import { es } from './es.js';
import { pt } from './pt.js';

export type MessageKey = keyof typeof en;
/** One language: every text under its key, with its gaps as `{name}`. */
export type Messages = Readonly<Record<MessageKey, string>>;

export const languages = ['en', 'es', 'pt'] as const;
export type Language = (typeof languages)[number];

export const catalogues: Readonly<Record<Language, Messages>> = { en, es, pt };

/** A text of one language with its gaps filled. */
export type Say = (key: MessageKey, gaps?: Readonly<Record<string, string | number>>) => string;

export const sayIn =
  (language: Language): Say =>
  (key, gaps = {}) =>
    catalogues[language][key].replace(/\{(\w+)\}/g, (gap, name: string) => String(gaps[name] ?? gap));
