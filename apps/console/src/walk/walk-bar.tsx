import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTongue } from '../app/tongue.js';
import { Button } from '../design/index.js';
import { useWalk, walkTo } from './progress.js';
import { StepText } from './step-text.js';
import { placeOf, type StepId, stepIds } from './steps.js';
import { storyQuery } from './story.js';

/** Above every screen while somebody walks: the step they are at, and the way on. */
export const WalkBar = () => {
  const step = useWalk();
  return step === null ? null : <Bar step={step} />;
};

const Bar = ({ step }: { readonly step: StepId }) => {
  const { say } = useTongue();
  const navigate = useNavigate();
  const { data: story } = useQuery(storyQuery);
  const nth = stepIds.indexOf(step);
  const place = story && placeOf(step, story);
  const go = (to: StepId | undefined): void => {
    if (to === undefined || story === undefined) return;
    walkTo(to);
    void navigate({ to: placeOf(to, story) ?? '/' });
  };
  const [before, next] = [stepIds[nth - 1], stepIds[nth + 1]];
  return (
    <aside className="walk" aria-labelledby="walk-step">
      <div>
        <p id="walk-step" className="walk-title">
          {say('common.walk.at', { nth: nth + 1, of: stepIds.length })} {say(`common.walk.${step}.title`)}
        </p>
        <div aria-live="polite">
          {story !== undefined && <StepText step={step} state={place === undefined ? 'missing' : 'here'} />}
        </div>
      </div>
      <div className="actions">
        {before !== undefined && (
          <Button kind="quiet" onPress={() => go(before)}>
            {say('common.walk.back')}
          </Button>
        )}
        {place !== undefined && <Button onPress={() => go(step)}>{say('common.walk.show')}</Button>}
        {next !== undefined && (
          <Button kind="main" onPress={() => go(next)}>
            {say('common.walk.next', { step: say(`common.walk.${next}.title`) })}
          </Button>
        )}
        <Button kind="quiet" onPress={() => walkTo(null)}>
          {say('common.walk.end')}
        </Button>
      </div>
    </aside>
  );
};
