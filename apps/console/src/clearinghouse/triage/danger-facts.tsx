import { useTongue } from '../../app/tongue.js';
import { type ItemFacts, useFactWords } from './fact-words.js';

/** What raises a priority, what counts for most first. */
export const DangerFacts = ({ facts }: { readonly facts: ItemFacts }) => {
  const { say } = useTongue();
  const words = useFactWords();
  return (
    <ul className="first-facts">
      {facts.priority
        .filter(({ weight }) => weight > 0)
        .toSorted((one, other) => other.weight - one.weight)
        .map(({ id, weight }) => (
          <li key={id}>{say('clearinghouse.first.fact', { fact: words.danger(id), weight })}</li>
        ))}
    </ul>
  );
};
