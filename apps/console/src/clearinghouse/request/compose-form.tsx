import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { AuthorityBody, RequestPreviewBody } from '@tutela/clearinghouse-desk/api';
import { useState } from 'react';
import { useTongue } from '../../app/tongue.js';
import { Beside, Button, EmptyState, FailedState, Section } from '../../design/index.js';
import { AddresseeSection } from './addressee-section.js';
import { AskedSection } from './asked-section.js';
import { GroundsSection } from './grounds-section.js';
import { Letter } from './letter.js';
import { keepRequest, previewRequest } from './queries.js';
import { missingIn, type RequestDraft, recordOf } from './request-draft.js';
import { SenderSection } from './sender-section.js';
import type { Beginning } from './start-draft.js';

export interface SectionProps {
  readonly draft: RequestDraft;
  readonly change: (change: Partial<RequestDraft>) => void;
}

interface Shown {
  /** For which the letter was made: another draft has another letter. */
  readonly draft: RequestDraft;
  readonly letter: RequestPreviewBody;
}

/** The form beside the very letter that it makes; what nobody has seen as a letter is not kept. */
export const ComposeForm = ({
  start,
  authorities,
  beginning,
  report,
  renews,
}: {
  readonly start: RequestDraft;
  readonly authorities: readonly AuthorityBody[];
  readonly beginning: Beginning;
  readonly report: string | undefined;
  readonly renews: string | undefined;
}) => {
  const { say } = useTongue();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [draft, setDraft] = useState(start);
  const [shown, setShown] = useState<Shown>();
  const [problem, setProblem] = useState<unknown>();
  const change = (next: Partial<RequestDraft>) => setDraft((was) => ({ ...was, ...next }));
  const missing = missingIn(draft);
  const body = {
    record: recordOf(draft),
    ...(report !== undefined && { reportNumber: report }),
    ...(draft.preservedBy !== '' && { preservedBy: draft.preservedBy }),
    ...(renews !== undefined && { renews }),
  };
  const act = async (what: () => Promise<void>) => {
    setProblem(undefined);
    await what().catch(setProblem);
  };
  const preview = () =>
    act(async () => {
      setShown({ draft, letter: await previewRequest(body) });
    });
  const keep = () =>
    act(async () => {
      const { requestId } = await keepRequest(body);
      await client.invalidateQueries({ queryKey: ['clearinghouse'] });
      await navigate({ to: '/desk/clearinghouse/requests/$request', params: { request: requestId } });
    });
  const current = shown?.draft === draft ? shown.letter : undefined;
  return (
    <Beside
      aside={
        <div className="stays">
          <Section title={say('clearinghouse.compose.letter')} about={say('clearinghouse.compose.letter-about')}>
            {shown === undefined ? (
              <EmptyState title={say('clearinghouse.compose.no-letter')}>
                {missing === 0 ? say('clearinghouse.compose.ready') : say('clearinghouse.compose.missing', { missing })}
              </EmptyState>
            ) : (
              <>
                {current === undefined && <p role="status">{say('clearinghouse.compose.changed')}</p>}
                <Letter label={say('clearinghouse.request.text')} language={shown.letter.language}>
                  {shown.letter.text}
                </Letter>
              </>
            )}
            {problem !== undefined && <FailedState problem={problem} />}
            <div className="actions">
              <Button
                kind={current === undefined ? 'main' : 'plain'}
                state={missing === 0 ? 'ready' : 'disabled'}
                onPress={() => void preview()}
              >
                {say('clearinghouse.compose.show')}
              </Button>
              <Button
                kind={current === undefined ? 'plain' : 'main'}
                state={current === undefined ? 'disabled' : 'ready'}
                onPress={() => void keep()}
              >
                {say('clearinghouse.compose.keep')}
              </Button>
            </div>
          </Section>
        </div>
      }
    >
      <AddresseeSection draft={draft} change={change} authorities={authorities} preserving={beginning.preserving} />
      <AskedSection draft={draft} change={change} offered={start.targets} />
      <GroundsSection draft={draft} change={change} />
      <SenderSection draft={draft} change={change} authorities={authorities} />
    </Beside>
  );
};
