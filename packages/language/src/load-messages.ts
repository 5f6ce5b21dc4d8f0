import type { Messages } from './catalogue/en.js';
import type { Language } from './languages.js';

const loaders: Readonly<Record<Language, () => Promise<{ readonly messages: Messages }>>> = {
  en: () => import('./catalogue/en.js'),
  es: () => import('./catalogue/es.js'),
  'pt-BR': () => import('./catalogue/pt-br.js'),
};

/** The texts of one language: a bundler makes each a file of its own, fetched when it is asked for. */
export const loadMessages = async (language: Language): Promise<Messages> => (await loaders[language]()).messages;
