import { useQuery } from '@tanstack/react-query';
import { useTongue } from '../../app/tongue.js';
import { Answer, Section, ShortCode } from '../../design/index.js';
import { outgoingQuery } from './queries.js';

/** Letter by letter what leaves, under the digest that people approve. */
export const Outgoing = ({ orderId }: { readonly orderId: string }) => {
  const { say } = useTongue();
  return (
    <Section title={say('investigator.outgoing.title')} about={say('investigator.outgoing.about')}>
      <Answer query={useQuery(outgoingQuery(orderId))}>
        {({ letter, text, sha256 }) => (
          <>
            {letter !== null && (
              <>
                <h3>{letter.subject}</h3>
                <pre className="document">{letter.body}</pre>
              </>
            )}
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard (WCAG 2.1.1) */}
            <section className="scroll" tabIndex={0} aria-label={say('investigator.outgoing.text')}>
              <pre className="document">{legible(text)}</pre>
            </section>
            <p className="about">
              SHA-256 <ShortCode code={sha256} /> {say('investigator.outgoing.digest')}
            </p>
          </>
        )}
      </Answer>
    </Section>
  );
};

/** The same members with line breaks: the digest is of the text without them. */
const legible = (text: string): string => {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
};
