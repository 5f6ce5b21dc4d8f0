import { useState } from 'react';
import { useKeys } from '../app/keys.js';
import { useSession } from '../app/session.js';
import { useTongue } from '../app/tongue.js';
import { Badge, Button, EmptyState, Field } from '../design/index.js';
import { HoldButton } from './hold-button.js';
import { useLookBy } from './look-by.js';
import { LookRefused } from './look-refused.js';
import { TodayClock } from './today-clock.js';
import { usePreview } from './use-preview.js';
import { useReveal } from './use-reveal.js';
import { useSeconds } from './use-seconds.js';

export interface PictureProps {
  /** Where the desk has the file: `/platform/matches/ID`, `/clearinghouse/reports/NUMBER/files/FILE`, … */
  readonly at: string;
  /** What it is, for those who do not see it: `File known on list X`. Never a guess at what it shows. */
  readonly name: string;
  /** What goes on record with a look; whoever looks may write another. Empty: they have to write one first. */
  readonly reason: string;
  /** Looks at these bytes in this agency, where the desk knows. */
  readonly looks?: number;
  /** Space belongs to one picture of a screen. Default: `held`. */
  readonly space?: 'held' | 'free';
}

/** Nobody looks without a name: who has not said it is told how, and is shown nothing. */
export const Picture = (props: PictureProps) => {
  const { say } = useTongue();
  const { person } = useSession();
  return person === null ? (
    <EmptyState title={say('common.look.nobody')}>{say('common.remedy.actor-needed')}</EmptyState>
  ) : (
    <PictureForPerson {...props} />
  );
};

/**
 * A file: its degraded picture, and the original for as long as the button or Space is held. What is known of the file
 * stands beside it, so that most are decided without a look. Give it a `key` where `at` changes.
 */
const PictureForPerson = ({ at, name, reason: usual, looks, space = 'held' }: PictureProps) => {
  const { say } = useTongue();
  const [preview, again] = usePreview(at);
  const { look, show, hide } = useReveal(at);
  const [lookBy] = useLookBy();
  const [reason, setReason] = useState(usual);
  const [writing, setWriting] = useState<'no' | 'yes'>(usual === '' ? 'yes' : 'no');
  const may = reason.trim() === '' ? 'disabled' : 'ready';
  const begin = () => {
    if (may === 'ready') show(reason.trim());
  };
  const shown = look.state === 'shown';
  const toggle = () => (look.state === 'shown' || look.state === 'asked' ? hide() : begin());
  const key = { keys: 'Space', label: 'common.look.key' } as const;
  const byKey = lookBy === 'holding' ? { ...key, run: begin, release: hide } : { ...key, run: toggle };
  useKeys(space === 'held' ? [byKey] : []);
  return (
    <figure className="picture">
      <div className="picture-stage" data-look={look.state} aria-busy={look.state === 'asked'}>
        {shown ? (
          <img src={look.url} alt={say('common.look.original-of', { name })} draggable={false} />
        ) : preview.state === 'shown' ? (
          <img src={preview.url} alt={say('common.look.preview-of', { name })} draggable={false} />
        ) : (
          preview.state === 'failed' && <LookRefused problem={preview.problem} onRetry={again} />
        )}
        {preview.state === 'loading' && !shown && <p className="about">{say('common.loading')}</p>}
      </div>
      <div className="picture-foot">
        <HoldButton
          pressed={shown || look.state === 'asked' ? 'pressed' : 'released'}
          state={may}
          onHold={begin}
          onLetGo={hide}
        >
          {say(lookBy === 'holding' ? 'common.look.hold' : shown ? 'common.look.hide' : 'common.look.show')}
        </HoldButton>
        <span className="numbers" role="status">
          {look.state === 'asked' && <Badge tone="waiting">{say('common.look.coming')}</Badge>}
        </span>
        {shown && <TimeLeft until={look.until} />}
        <span className="stretch" />
        {looks !== undefined && <span className="about">{say('common.look.looks', { count: looks })}</span>}
        <TodayClock />
      </div>
      {writing === 'yes' ? (
        <Field
          label={say('common.look.reason')}
          help={say('common.look.reason-help')}
          value={reason}
          onChange={setReason}
          need="required"
          maxLength={3000}
        />
      ) : (
        <p className="about picture-reason">
          {say('common.look.reason-is', { reason })}{' '}
          <Button kind="quiet" onPress={() => setWriting('yes')}>
            {say('common.look.reason-change')}
          </Button>
        </p>
      )}
      {look.state === 'refused' && <LookRefused problem={look.problem} />}
    </figure>
  );
};

const TimeLeft = ({ until }: { readonly until: number }) => {
  const { say, duration } = useTongue();
  const left = Math.max(0, Math.ceil((until - useSeconds('running')) / 1000));
  return (
    // A timer, and no status: nobody wants to hear every second.
    <span className="numbers" role="timer">
      <Badge tone="alarm">{say('common.look.closes', { left: duration(left) })}</Badge>
    </span>
  );
};
