import type { ProposalBody } from '@tutela/investigator-desk/api';
import { useTongue } from '../../app/tongue.js';
import { Badge, DataTable, EmptyState, Facts, Section, ShortCode } from '../../design/index.js';

const parts = [
  'exhibits',
  'custody',
  'reports',
  'authorities',
  'decisions',
  'orders',
  'answers',
  'chronology',
] as const;

/** What a package of today would hold, and whether the case is complete. */
export const Proposal = ({ items, exclusions, contents, gaps }: ProposalBody) => {
  const { say, number, bytes } = useTongue();
  return (
    <>
      <Section title={say('investigator.gaps.title')} about={say('investigator.gaps.about')}>
        {gaps.length === 0 ? (
          <p>
            <Badge tone="good">{say('investigator.gaps.none')}</Badge>
          </p>
        ) : (
          <DataTable
            caption={say('investigator.gaps.caption')}
            rows={gaps}
            rowKey={({ code }) => code}
            columns={[
              {
                id: 'gap',
                header: say('investigator.gaps.what'),
                cell: ({ code }) => <Badge tone="waiting">{say(`investigator.gap.${code}`)}</Badge>,
              },
              { id: 'count', header: say('investigator.count'), align: 'end', cell: ({ count }) => number(count) },
              {
                id: 'help',
                header: say('investigator.gaps.help'),
                cell: ({ code }) => say(`investigator.gap-help.${code}`),
              },
            ]}
          />
        )}
      </Section>
      <Section title={say('investigator.proposal.title')}>
        <Facts
          facts={parts.map((part) => ({
            name: say(`investigator.proposal.${part}`),
            value: number(contents[part]),
          }))}
        />
        {items.length === 0 ? (
          <EmptyState title={say('investigator.proposal.no-items')} />
        ) : (
          <DataTable
            caption={say('investigator.proposal.items', { count: items.length })}
            rows={items.slice(0, 200)}
            rowKey={({ id }) => id}
            columns={[
              { id: 'name', header: say('investigator.package.file'), cell: ({ name }) => name },
              { id: 'size', header: say('investigator.size'), align: 'end', cell: (row) => bytes(row.bytes) },
              { id: 'sha', header: 'SHA-256', cell: ({ sha256 }) => <ShortCode code={sha256} /> },
            ]}
          />
        )}
      </Section>
      <Exclusions exclusions={exclusions} />
    </>
  );
};

/** Left out, each with its reason, which stands in the package too. */
export const Exclusions = ({ exclusions }: Pick<ProposalBody, 'exclusions'>) => {
  const { say } = useTongue();
  return (
    <Section title={say('investigator.exclusions.title')} about={say('investigator.exclusions.about')}>
      {exclusions.length === 0 ? (
        <p>{say('investigator.exclusions.none')}</p>
      ) : (
        <DataTable
          caption={say('investigator.exclusions.caption', { count: exclusions.length })}
          rows={exclusions.slice(0, 200)}
          rowKey={({ id }) => id}
          columns={[
            { id: 'id', header: say('investigator.package.file'), cell: ({ id }) => <ShortCode code={id} /> },
            { id: 'reason', header: say('common.confirm.reason'), cell: ({ reason }) => <Why reason={reason} /> },
          ]}
        />
      )}
    </Section>
  );
};

/** As the package will have it, and the rule it names in words. */
const Why = ({ reason }: { readonly reason: string }) => {
  const { sayIfKnown } = useTongue();
  const [, rule] = /: ([\w.-]+) \(/.exec(reason) ?? [];
  const words = rule === undefined ? undefined : sayIfKnown(`investigator.rule.${rule}`);
  if (words === undefined) return reason;
  return (
    <>
      {words} <span className="about">{reason}</span>
    </>
  );
};
