import { readMoment } from '../../app/moment-text.js';
import type { AuthorityForm, LimitName, TypedCondition, TypedExclusion } from './authority-form.js';
import { limitNames } from './authority-form.js';

/** What keeps a form from being an authority: the end of `investigator.enter.fault.…`. */
export type AuthorityFault =
  | 'words'
  | 'moments'
  | 'ends-before'
  | 'document'
  | LimitName
  | 'periods-malformed'
  | 'grants'
  | 'exclusion'
  | 'condition';

export const linesOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** `FROM / TO`, one a line (the intervals of ISO 8601); `undefined` where a line is none. */
const periodsOf = (text: string) => {
  const lines = linesOf(text);
  const read = lines.flatMap((line) => {
    const [from = '', to = '', ...more] = line.split(' / ').map(readMoment);
    return from !== '' && from < to && more.length === 0 ? [{ from, to }] : [];
  });
  return read.length === lines.length ? read : undefined;
};

const listOf = (what: string, text: string): readonly unknown[] =>
  (what === 'periods' ? periodsOf(text) : linesOf(text)) ?? [];

const digest = /^[0-9a-f]{64}$/;

/** In the order of the form; none where it can be entered. */
export const faultsOf = (form: AuthorityForm): readonly AuthorityFault[] => {
  const { issuedBy, fileNumber, statute, offence, operativeText, scope, kind } = form;
  const words = [issuedBy, fileNumber, statute, offence, operativeText];
  const needed = [form.issuedAt, form.from, form.to, ...(kind === 'detention-order' ? [form.detentionUntil] : [])];
  const optional = [form.reportDue, form.retainUntil].filter((typed) => typed.trim() !== '');
  const moments = [...needed, ...optional].map(readMoment);
  const [from = '', to = ''] = [readMoment(form.from), readMoment(form.to)];
  const named = limitNames.filter((name) => scope[name].covers === 'these' && linesOf(scope[name].lines).length === 0);
  const faults: readonly (AuthorityFault | false)[] = [
    words.some((typed) => typed.trim() === '') && 'words',
    moments.includes(undefined) && 'moments',
    from !== '' && to !== '' && from >= to && 'ends-before',
    !digest.test(form.documentSha256.trim().toLowerCase()) && 'document',
    ...named,
    scope.periods.covers === 'these' && periodsOf(scope.periods.lines) === undefined && 'periods-malformed',
    !form.exclusions.every(isWhole) && 'exclusion',
    form.grants.length === 0 && 'grants',
    !form.conditions.every(isStated) && 'condition',
  ];
  return faults.filter((fault) => fault !== false);
};

const isWhole = ({ what, lines, reason }: TypedExclusion) =>
  reason.trim() !== '' && linesOf(lines).length > 0 && listOf(what, lines).length === linesOf(lines).length;

const isStated = (one: TypedCondition) => (byWords(one) ? one.text.trim() !== '' : one.steps.length > 0);

/** Conditions that are kept to by people, since no program can. */
export const byWords = ({ kind }: Pick<TypedCondition, 'kind'>) => kind !== 'second-person' && kind !== 'filter-team';

/** The authority as its document states it; the node adds its id, and who entered it and when. `form` has no faults. */
export const stateAuthority = (form: AuthorityForm): object => {
  const { scope, judge, kind, detentionUntil, reportDue, retainUntil } = form;
  const limits = limitNames.map((name) => {
    const { covers, lines } = scope[name];
    return [name, covers === 'any' ? 'any' : listOf(name, lines)];
  });
  return {
    kind,
    issuedBy: form.issuedBy.trim(),
    ...(judge.trim() !== '' && { judge: judge.trim() }),
    fileNumber: form.fileNumber.trim(),
    statute: form.statute.trim(),
    offence: form.offence.trim(),
    issuedAt: readMoment(form.issuedAt),
    from: readMoment(form.from),
    to: readMoment(form.to),
    ...(kind === 'detention-order' && { detention: { until: readMoment(detentionUntil), extensions: [] } }),
    ...(reportDue.trim() !== '' && { reportToJustice: { due: readMoment(reportDue) } }),
    ...(retainUntil.trim() !== '' && { retainUntil: readMoment(retainUntil) }),
    operativeText: form.operativeText.trim(),
    documentSha256: form.documentSha256.trim().toLowerCase(),
    sealed: form.sealed,
    scope: {
      ...Object.fromEntries(limits),
      exclusions: form.exclusions.map(({ what, lines, reason }) => ({
        [what]: listOf(what, lines),
        reason: reason.trim(),
      })),
      privilegeTerms: linesOf(form.privilegeTerms),
    },
    grants: form.grants,
    conditions: form.conditions.map((one) =>
      byWords(one) ? { kind: one.kind, text: one.text.trim() } : { kind: one.kind, steps: one.steps },
    ),
    secretReuse: { kind: 'own' },
  };
};
