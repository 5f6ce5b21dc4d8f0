export type { MessageKey, Messages } from './catalogue/en.js';
export { chooseLanguage, type Language, languageNames, languages } from './languages.js';
export { loadMessages } from './load-messages.js';
export type { Moment } from './moments.js';
export {
  formatMessage,
  type MessageValues,
  type OpenLanguageOptions,
  openLanguage,
  type Tongue,
} from './open-language.js';
