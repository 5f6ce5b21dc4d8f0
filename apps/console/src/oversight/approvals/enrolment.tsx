import { useTongue } from '../../app/tongue.js';
import { EmptyState } from '../../design/index.js';

const commands = [
  'tutela person new-key staff-1 --name "Ana Souza"',
  'tutela person new-key staff-2 --name "Ken Ito"',
  'tutela person add staff-1.key.pub staff-2.key.pub',
] as const;

/** Nobody can approve anything yet: how the first two come in, and whoever follows them. */
export const Enrolment = () => {
  const { say } = useTongue();
  return (
    <EmptyState title={say('oversight.enrolment.title')}>
      <p>{say('oversight.enrolment.why')}</p>
      <p>{say('oversight.enrolment.first')}</p>
      <ol>
        {commands.map((command) => (
          <li key={command}>
            <code>{command}</code>
          </li>
        ))}
      </ol>
      <p>{say('oversight.enrolment.later')}</p>
    </EmptyState>
  );
};
