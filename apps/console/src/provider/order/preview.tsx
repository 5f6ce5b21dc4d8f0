import { useMutation } from '@tanstack/react-query';
import type { ReleasePreviewBody } from '@tutela/provider-desk/api';
import { useTongue } from '../../app/tongue.js';
import { Button, DataTable, FailedState } from '../../design/index.js';
import { previewRelease } from '../queries.js';
import { OutcomeBadge } from './order-answers.js';

type Previewed = ReleasePreviewBody['answers'][number];

/** What would leave, before it does: of several candidates their number, never who they are. Looking goes on record. */
export const Preview = ({ id, approval }: { readonly id: string; readonly approval: string }) => {
  const { say, sayIfKnown, number } = useTongue();
  const { data, error, isPending, mutate } = useMutation({ mutationFn: () => previewRelease(id, approval) });
  const tells = ({ tells: what, candidates }: Previewed) =>
    say(`provider.tells.${what}`, what === 'number' ? { count: candidates } : {});
  return (
    <>
      <p className="about">{say('provider.preview.about')}</p>
      <Button state={isPending ? 'busy' : 'ready'} onPress={() => mutate()}>
        {say('provider.preview.show')}
      </Button>
      {error !== null && <FailedState problem={error} />}
      {data !== undefined && (
        <>
          <p role="status">{say('provider.preview.identities', { count: data.identities })}</p>
          <DataTable
            caption={say('provider.preview.title')}
            rows={data.answers}
            rowKey={({ ordinal }) => `${ordinal}`}
            columns={[
              {
                id: 'n',
                header: say('provider.question.number'),
                align: 'end',
                cell: (row) => number(row.ordinal + 1),
              },
              {
                id: 'how',
                header: say('provider.answers.how'),
                cell: (row) => (
                  <>
                    <OutcomeBadge outcome={row.outcome} />
                    {row.reasons.map((reason) => (
                      <p key={reason} className="about">
                        {sayIfKnown(`provider.reason.${reason}`) ?? reason}
                      </p>
                    ))}
                  </>
                ),
              },
              { id: 'tells', header: say('provider.preview.leaves'), cell: tells },
            ]}
          />
        </>
      )}
    </>
  );
};
