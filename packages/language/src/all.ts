import { messages as en, type Messages } from './catalogue/en.js';
import { messages as es } from './catalogue/es.js';
import { messages as pt } from './catalogue/pt-br.js';
import type { Language } from './languages.js';

/** Every language at once, for programs that need not wait: server, command line, report. Not for a page. */
export const catalogues: Readonly<Record<Language, Messages>> = { en, es, 'pt-BR': pt };
