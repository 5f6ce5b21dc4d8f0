import { useTongue } from '../app/tongue.js';
import type { StepId } from './steps.js';

/** What happened at a step, what is checked there, who did it; where nothing has happened yet, what would bring it. */
export const StepText = ({ step, state }: { readonly step: StepId; readonly state: 'here' | 'missing' }) => {
  const { say } = useTongue();
  if (state === 'missing') return <p className="about">{say(`common.walk.${step}.missing`)}</p>;
  return (
    <>
      <p>{say(`common.walk.${step}.happened`)}</p>
      <p className="about">
        {say(`common.walk.${step}.checked`)} {say(`common.walk.${step}.who`)}
      </p>
    </>
  );
};
