import type { MessageKey, Tongue } from '@tutela/language';
import { longest } from './url-report.js';

/** Answers of the public form are pages of plain HTML: nothing is scripted, nothing comes from elsewhere. */
export const formPage = ({ say, language }: Tongue, trouble?: string): string =>
  page(language, say('public.report.title'), [
    paragraph(say('public.report.danger'), 'strong'),
    ...(trouble === undefined ? [] : [`<p role="alert">${escaped(trouble)}</p>`]),
    paragraph(say('public.report.intro')),
    paragraph(say('public.report.nothing-sent')),
    `<form method="post" action="/public/report?lang=${language}" accept-charset="utf-8">`,
    field(say('public.report.field.url'), `<input name="url" maxlength="${longest.url}" required autocomplete="off">`),
    paragraph(say('public.report.never-fetched')),
    field(say('public.report.field.where'), `<input name="where" maxlength="${longest.where}" autocomplete="off">`),
    field(say('public.report.field.seenAt'), '<input name="seenAt" type="date">'),
    field(say('public.report.field.note'), `<textarea name="note" maxlength="${longest.note}" rows="6"></textarea>`),
    field(say('public.report.field.email'), `<input name="email" type="email" maxlength="${longest.email}">`),
    `<p><button>${escaped(say('public.report.send'))}</button></p>`,
    '</form>',
    `<h2>${escaped(say('public.report.ask'))}</h2>`,
    `<form method="post" action="/public/state?lang=${language}" accept-charset="utf-8">`,
    field(say('public.report.field.code'), '<input name="code" maxlength="40" required autocomplete="off">'),
    `<p><button>${escaped(say('public.report.ask-send'))}</button></p>`,
    '</form>',
  ]);

export const receiptPage = (tongue: Tongue, code: string): string =>
  answerPage(tongue, [
    paragraph(tongue.say('public.report.thanks')),
    paragraph(tongue.say('public.report.code', { code }), 'strong'),
    paragraph(tongue.say('public.report.code-why')),
  ]);

export const tellingPage = (tongue: Tongue, text: string): string => answerPage(tongue, [paragraph(text)]);

const answerPage = ({ say, language }: Tongue, parts: readonly string[]): string =>
  page(language, say('public.report.title'), [
    ...parts,
    `<p><a href="/public/report?lang=${language}">${escaped(say('public.report.back'))}</a></p>`,
  ]);

const names = { en: 'English', es: 'Español', 'pt-BR': 'Português' } as const;

const page = (language: string, title: string, parts: readonly string[]): string =>
  `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex"><title>${escaped(title)}</title><link rel="stylesheet" href="/public/report.css">
</head><body><nav>${Object.entries(names)
    .map(([code, name]) => `<a href="/public/report?lang=${code}" lang="${code}">${name}</a>`)
    .join(' ')}</nav><main><h1>${escaped(title)}</h1>
${parts.join('\n')}
</main></body></html>
`;

const paragraph = (text: string, emphasis?: 'strong'): string =>
  emphasis === undefined ? `<p>${escaped(text)}</p>` : `<p><strong>${escaped(text)}</strong></p>`;

const field = (label: string, input: string): string => `<p><label>${escaped(label)}<br>${input}</label></p>`;

const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);

export const stylesheet = `body { font: 1.05rem/1.5 system-ui, sans-serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem; }
input, textarea { font: inherit; width: 100%; box-sizing: border-box; padding: 0.4rem; }
button { font: inherit; padding: 0.5rem 1.5rem; }
[role="alert"] { border-left: 0.3rem solid #b00020; padding-left: 0.7rem; }
nav a { margin-right: 0.7rem; }
`;

/** Of the text that says why something was not taken. */
export const refusedKey = (code: string): MessageKey => `public.report.refused.${code}` as MessageKey;
