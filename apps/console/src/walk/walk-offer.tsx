import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTongue } from '../app/tongue.js';
import { Answer, Badge, Section } from '../design/index.js';
import { useWalk, walkTo } from './progress.js';
import { placeOf, stepIds } from './steps.js';
import { storyQuery } from './story.js';

/** One story from an upload to a checked package, each step a way to the screen where it can be seen. */
export const WalkOffer = () => {
  const { say } = useTongue();
  const query = useQuery(storyQuery);
  const at = useWalk();
  return (
    <Section title={say('common.walk.title')} about={say('common.walk.about')}>
      <Answer query={query}>
        {(story) => (
          <ol className="walk-steps">
            {stepIds.map((step) => {
              const place = placeOf(step, story);
              return (
                <li key={step}>
                  {place === undefined ? (
                    <>
                      <strong>{say(`common.walk.${step}.title`)}</strong>
                      <span className="about">{say(`common.walk.${step}.missing`)}</span>
                    </>
                  ) : (
                    <>
                      <Link to={place} onClick={() => walkTo(step)}>
                        {say(`common.walk.${step}.title`)}
                      </Link>
                      <span className="about">{say(`common.walk.${step}.short`)}</span>
                    </>
                  )}
                  {at === step && <Badge tone="accent">{say('common.walk.here')}</Badge>}
                </li>
              );
            })}
          </ol>
        )}
      </Answer>
    </Section>
  );
};
