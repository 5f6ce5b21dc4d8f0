/// <reference lib="dom" />
import type { Fault, PackageKey, PackageReport } from '../index.js';
import { showEvent, showFingerprint, visible } from '../texts/show.js';
import type { Texts } from '../texts/texts.js';
import { element } from './element.js';

/** What the page shows of a report. */
export const renderReport = (report: PackageReport, texts: Texts, locale: string): readonly HTMLElement[] => {
  const { word, sentence } = texts.verdict[report.verdict];
  const checked = report.verdict === 'faulty' ? texts.words.goneThrough : texts.words.whatWasChecked;
  return [
    element(
      'div',
      { class: `verdict ${report.verdict}`, role: 'status' },
      element('h2', {}, word),
      element('p', {}, sentence),
    ),
    ...section(texts.words.faults, report.faults.length, faultList(report, texts)),
    ...section('', factsOf(report, texts).length, factList(report, texts)),
    ...section(checked, report.checked.files, checkedTable(report, texts, locale)),
    ...section(texts.words.keys, report.keys.length, ...keyList(report, texts)),
  ];
};

const section = (heading: string, count: number, ...content: readonly HTMLElement[]): readonly HTMLElement[] => {
  if (count === 0) return [];
  const title = heading === '' ? [] : [element('h3', {}, heading)];
  return [element('section', {}, ...title, ...content)];
};

const faultList = ({ faults, faultsTotal }: PackageReport, texts: Texts): HTMLElement => {
  const more = faultsTotal - faults.length;
  const rest = more > 0 ? [element('li', {}, `… ${more} ${texts.words.more}`)] : [];
  return element('ul', { class: 'faults' }, ...faults.map((fault) => faultItem(fault, texts)), ...rest);
};

const faultItem = ({ kind, file, event, detail }: Fault, texts: Texts): HTMLElement => {
  const where = [
    ...(file === undefined ? [] : [element('code', {}, visible(file))]),
    ...(event === undefined ? [] : [element('span', {}, showEvent(event, texts))]),
  ];
  return element(
    'li',
    {},
    element('p', { class: 'meaning' }, texts.meaning[kind]),
    ...(where.length > 0 ? [element('p', { class: 'where' }, ...where)] : []),
    element('p', { class: 'detail', lang: 'en' }, `${kind}: ${visible(detail)}`),
  );
};

const factsOf = (report: PackageReport, { words }: Texts): readonly (readonly [string, string])[] => [
  ...(report.package === undefined ? [] : [[words.package, report.package] as const]),
  ...(report.case === undefined ? [] : [[words.case, report.case] as const]),
  ...(report.createdAt === undefined ? [] : [[words.created, report.createdAt] as const]),
  ...(report.approvedBy.length === 0 ? [] : [[words.approvedBy, report.approvedBy.join(', ')] as const]),
  ...(report.checkpoint
    ? [[words.log, `${report.checkpoint.origin}, ${report.checkpoint.size} ${words.leaves}`] as const]
    : []),
  ...report.times.map(({ name, at }) => [words.seenBy, `${name}, ${at}`] as const),
];

const factList = (report: PackageReport, texts: Texts): HTMLElement =>
  element(
    'dl',
    {},
    ...factsOf(report, texts).flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, visible(value))]),
  );

const checkedTable = ({ checked }: PackageReport, texts: Texts, locale: string): HTMLElement =>
  element(
    'table',
    {},
    ...(Object.keys(texts.checked) as (keyof typeof checked)[]).map((name) =>
      element(
        'tr',
        {},
        element('td', { class: 'number' }, Number(checked[name]).toLocaleString(locale)),
        element('td', {}, texts.checked[name]),
      ),
    ),
  );

const keyList = ({ keys }: PackageReport, texts: Texts): readonly HTMLElement[] => [
  element('p', { class: 'advice' }, texts.words.keysAdvice),
  element('ul', { class: 'keys' }, ...keys.map((key) => keyItem(key, texts))),
];

const keyItem = ({ kind, name, fingerprint, standing }: PackageKey, texts: Texts): HTMLElement =>
  element(
    'li',
    {},
    element(
      'p',
      {},
      `${texts.keyKind[kind]} `,
      element('strong', {}, visible(name)),
      ' ',
      element('span', { class: `standing ${standing}` }, texts.standing[standing]),
    ),
    element('code', { class: 'fingerprint' }, showFingerprint(fingerprint)),
  );
