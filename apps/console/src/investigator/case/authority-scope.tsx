import { useTongue } from '../../app/tongue.js';
import { Facts } from '../../design/index.js';

type Limit = 'any' | readonly unknown[];

/** `Scope` of @tutela/policy, as its document states it. */
export interface ScopeAsStated {
  readonly exclusions?: readonly ({ readonly reason: string } & Readonly<Record<string, unknown>>)[];
  readonly privilegeTerms?: readonly string[];
  readonly [limit: string]: unknown;
}

const limits = ['sources', 'accounts', 'addresses', 'periods', 'fileClasses', 'keywords'] as const;

/** How far an authority reaches, limit by limit, and what it leaves out in the words of the document. */
export const AuthorityScope = ({
  scope,
  conditions,
}: {
  readonly scope: ScopeAsStated;
  readonly conditions: readonly object[];
}) => {
  const { say, moment } = useTongue();
  const tell = (one: unknown): string => {
    if (typeof one === 'string') return one;
    const { from, to } = one as { readonly from?: string; readonly to?: string };
    return from === undefined || to === undefined ? JSON.stringify(one) : `${moment(from)} – ${moment(to)}`;
  };
  const tellLimit = (limit: Limit | undefined): string => {
    if (limit === undefined) return say('investigator.scope.not-stated');
    if (limit === 'any') return say('investigator.scope.any');
    return limit.length === 0 ? say('investigator.scope.nothing') : limit.map(tell).join('; ');
  };
  const exclusions = scope.exclusions ?? [];
  return (
    <details>
      <summary>{say('investigator.scope.title', { count: exclusions.length })}</summary>
      <Facts
        facts={[
          ...limits.map((name) => ({
            name: say(`investigator.scope.${name}`),
            value: tellLimit(scope[name] as Limit | undefined),
          })),
          ...exclusions.map(({ reason, ...what }, at) => ({
            name: say('investigator.scope.exclusion', { number: at + 1 }),
            value: `${reason} (${Object.values(what)
              .map((value) => tellLimit(value as Limit))
              .join('; ')})`,
            form: 'wide' as const,
          })),
          ...conditions.map((condition, at) => ({
            name: say('investigator.scope.condition', { number: at + 1 }),
            value: <Condition condition={condition} />,
            form: 'wide' as const,
          })),
        ]}
      />
    </details>
  );
};

const Condition = ({ condition }: { readonly condition: object }) => {
  const { say, sayIfKnown, list } = useTongue();
  const { kind, text, steps } = condition as {
    readonly kind: string;
    readonly text?: string;
    readonly steps?: readonly string[];
  };
  const named = sayIfKnown(`investigator.condition.${kind}`) ?? kind;
  if (text !== undefined) return text;
  const at = (steps ?? []).map((step) => sayIfKnown(`investigator.step.${step}`) ?? step);
  return say('investigator.scope.condition-at', { condition: named, steps: list(at) });
};
