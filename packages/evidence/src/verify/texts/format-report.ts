import type { PackageReport } from '../report.js';
import { en } from './en.js';
import { showEvent, showFingerprint, visible } from './show.js';

/** A report as a person reads it on a terminal: verdict last, where the eye is. */
export const formatReport = (report: PackageReport): string => {
  const { words } = en;
  const facts = [
    ...(report.package === undefined
      ? []
      : [`${words.package} ${report.package}, ${words.case.toLowerCase()} ${report.case}, ${report.createdAt}`]),
    ...(report.approvedBy.length > 0 ? [`${words.approvedBy} ${report.approvedBy.join(', ')}`] : []),
    ...(report.checkpoint
      ? [`${words.log} ${report.checkpoint.origin}, ${report.checkpoint.size} ${words.leaves}`]
      : []),
    ...report.times.map(({ name, at }) => `${words.seenBy} ${name}, ${at}`),
  ];
  const parts = [facts.map(visible), checkedLines(report), keyLines(report), faultLines(report)];
  const { word, sentence } = en.verdict[report.verdict];
  const body = parts.filter((lines) => lines.length > 0).map((lines) => `${lines.join('\n')}\n`);
  return [...body, `${word.toUpperCase()}. ${sentence}\n`].join('\n');
};

const checkedLines = ({ checked, verdict }: PackageReport): readonly string[] => {
  if (checked.files === 0) return [];
  const rows = (Object.keys(en.checked) as (keyof typeof en.checked)[]).map((name) => {
    const number = Number(checked[name]).toLocaleString('en');
    return { number, what: en.checked[name] };
  });
  const width = Math.max(...rows.map(({ number }) => number.length));
  const heading = verdict === 'faulty' ? en.words.goneThrough : en.words.whatWasChecked;
  return [heading, ...rows.map(({ number, what }) => `  ${number.padStart(width)}  ${what}`)];
};

const keyLines = ({ keys }: PackageReport): readonly string[] => {
  if (keys.length === 0) return [];
  const rows = keys.flatMap(({ kind, name, fingerprint, standing }) => [
    `  ${en.keyKind[kind]} ${visible(name)}: ${en.standing[standing]}`,
    `    ${showFingerprint(fingerprint)}`,
  ]);
  return [`${en.words.keys}. ${en.words.keysAdvice}`, ...rows];
};

const faultLines = ({ faults, faultsTotal }: PackageReport): readonly string[] => {
  if (faults.length === 0) return [];
  const rows = faults.flatMap(({ kind, file, event, detail }) => {
    const where = [...(file === undefined ? [] : [visible(file)]), ...(event ? [showEvent(event, en)] : [])].join(', ');
    return [`  ${kind}${where === '' ? '' : `: ${where}`}`, `    ${en.meaning[kind]} (${visible(detail)})`];
  });
  const more = faultsTotal - faults.length;
  return [`${en.words.faults}: ${faultsTotal}`, ...rows, ...(more > 0 ? [`  … ${more} ${en.words.more}`] : [])];
};
