import type { DeskStatus } from '../app/node-status.js';
import { useTongue } from '../app/tongue.js';
import { Badge, EmptyState, Facts } from '../design/index.js';

/** Numbers of a summary, one level deep: `matches.waiting`. What a desk tells besides stands on its own screens. */
const counts = (summary: Readonly<Record<string, unknown>>): readonly (readonly [string, number])[] =>
  Object.entries(summary).flatMap(([name, value]): readonly (readonly [string, number])[] => {
    if (typeof value === 'number') return [[name, value]];
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
    return Object.entries(value).flatMap(([inner, count]) =>
      typeof count === 'number' ? [[`${name}.${inner}`, count] as const] : [],
    );
  });

/** A desk in numbers; `<desk>.count.<name>` of the catalogue names each, and one without a name is not shown. */
export const DeskState = ({ status }: { readonly status: DeskStatus | undefined }) => {
  const { say, sayIfKnown, number } = useTongue();
  if (status === undefined) return null;
  if ('problem' in status) return <Badge tone="alarm">{say('common.desk.problem')}</Badge>;
  const facts = counts(status.summary).flatMap(([name, count]) => {
    const words = sayIfKnown(`${status.name}.count.${name}`);
    return words === undefined ? [] : [{ name: words, value: number(count) }];
  });
  return facts.length === 0 ? <EmptyState title={say('common.desk.nothing-yet')} /> : <Facts facts={facts} />;
};
