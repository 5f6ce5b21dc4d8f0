/// <reference lib="dom" />
import type { PackageReport, Trust, VerifyProgress } from '../index.js';
import { en } from '../texts/en.js';
import { es } from '../texts/es.js';
import { pt } from '../texts/pt.js';
import { visible } from '../texts/show.js';
import type { Language, Texts } from '../texts/texts.js';
import { noTrust, parseTrustFile, readTrust } from '../trust.js';
import { browserDeps } from './browser-deps.js';
import { checkGiven } from './check-given.js';
import { byId, element } from './element.js';
import { filesOfPicker, type Given, givenByDrop } from './given-files.js';
import { renderReport } from './render-report.js';

// The page that a package brings: drop the package, read the verdict. Put into one file by scripts/bundle-verifier.mjs.

const languages: Readonly<Record<Language, Texts>> = { en, es, pt };

const drop = byId('drop');
const result = byId('result');
const file = byId<HTMLInputElement>('file');
const folder = byId<HTMLInputElement>('folder');
const trustFile = byId<HTMLInputElement>('trust-file');
const progressBar = byId<HTMLProgressElement>('progress');
const language = byId<HTMLSelectElement>('language');

let texts = en;
let trust: Trust = noTrust;
let shown: PackageReport | undefined;

const speak = (to: Language): void => {
  texts = languages[to];
  document.documentElement.lang = to;
  document.title = texts.page.title;
  for (const each of document.querySelectorAll<HTMLElement>('[data-text]')) {
    each.textContent = texts.page[each.dataset.text as keyof Texts['page']];
  }
  if (shown !== undefined) show(shown);
};

const show = (report: PackageReport): void => {
  shown = report;
  document.body.dataset.state = 'shown';
  result.replaceChildren(...renderReport(report, texts, document.documentElement.lang));
};

const complain = (heading: string, detail: string): void => {
  document.body.dataset.state = 'shown';
  result.replaceChildren(
    element(
      'div',
      { class: 'verdict faulty', role: 'alert' },
      element('h2', {}, heading),
      element('p', {}, visible(detail)),
    ),
  );
};

const tell = ({ done, total }: VerifyProgress, began: number): void => {
  const share = total === 0n ? 0 : Number((done * 1000n) / total) / 1000;
  const seconds = (performance.now() - began) / 1000;
  const left = share > 0 ? Math.ceil((seconds / share) * (1 - share)) : undefined;
  progressBar.value = share;
  const megabytes = `${Math.round(Number(done) / 1e6)} / ${Math.round(Number(total) / 1e6)} MB`;
  const rest = left === undefined || seconds < 1 ? '' : `, ${left} s ${texts.page.left}`;
  byId('told').textContent = `${texts.page.checking}: ${megabytes}${rest}`;
};

const check = async (given: Given): Promise<void> => {
  shown = undefined;
  document.body.dataset.state = 'checking';
  result.replaceChildren();
  const began = performance.now();
  let painted = 0;
  const progress = (now: VerifyProgress): void => {
    if (performance.now() - painted < 100) return;
    painted = performance.now();
    tell(now, began);
  };
  try {
    show(await checkGiven(given, trust, progress));
  } catch (error) {
    complain(texts.page.unreadable, (error as Error).message);
  }
};

const takeTrust = async (given: File): Promise<void> => {
  const parsed = parseTrustFile(new Uint8Array(await given.arrayBuffer()));
  const read = parsed.kind === 'done' ? readTrust(browserDeps.hasher, parsed.value) : parsed;
  if (read.kind === 'done') trust = read.value;
  else {
    trustFile.value = '';
    trust = noTrust;
    complain(texts.page.trustRefused, read.reason.message);
  }
};

file.addEventListener('change', () => {
  const [chosen] = file.files ?? [];
  if (chosen !== undefined) void check({ kind: 'archive', file: chosen });
});
folder.addEventListener('change', () => {
  if ((folder.files?.length ?? 0) > 0) void check({ kind: 'folder', files: filesOfPicker(folder.files ?? []) });
});
trustFile.addEventListener('change', () => {
  const [chosen] = trustFile.files ?? [];
  if (chosen === undefined) trust = noTrust;
  else void takeTrust(chosen);
});
byId('again').addEventListener('click', () => {
  shown = undefined;
  file.value = '';
  folder.value = '';
  document.body.dataset.state = 'waiting';
  result.replaceChildren();
});
language.addEventListener('change', () => speak(language.value as Language));
for (const event of ['dragover', 'dragenter']) {
  document.addEventListener(event, (each) => {
    each.preventDefault();
    drop.classList.add('over');
  });
}
document.addEventListener('dragleave', () => drop.classList.remove('over'));
document.addEventListener('drop', (event) => {
  event.preventDefault();
  drop.classList.remove('over');
  if (event.dataTransfer === null || document.body.dataset.state === 'checking') return;
  givenByDrop(event.dataTransfer.items).then(
    (given) => (given ? check(given) : complain(texts.page.unreadable, texts.page.drop)),
    (error: Error) => complain(texts.page.unreadable, error.message),
  );
});

const wished = navigator.language.slice(0, 2);
language.value = wished in languages ? wished : 'en';
speak(language.value as Language);
