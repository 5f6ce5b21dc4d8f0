import { useState } from 'react';
import { useTongue } from '../app/tongue.js';
import { Button, EmptyState, Section } from '../design/index.js';
import type { Documents } from './report-queries.js';

const filesAtOnce = 10;

/** Letter by letter what goes to the clearinghouse: its members to read, and the bytes. */
export const DocumentsSent = ({ documents: { report, files } }: { readonly documents: Documents }) => {
  const { say } = useTongue();
  const [shown, setShown] = useState(filesAtOnce);
  return (
    <>
      <Section title={say('platform.sent.report')} about={say('platform.sent.about')}>
        <Members of={report.members} />
        <Letters xml={report.xml} />
      </Section>
      <Section title={say('platform.sent.files', { count: files.length })} about={say('platform.sent.files-about')}>
        {files.length === 0 && <EmptyState title={say('platform.sent.no-files')} />}
        {files.slice(0, shown).map(({ match, name, members, xml }) => (
          <section key={match} className="sent-file">
            <h3>{name}</h3>
            <Members of={members} />
            <Letters xml={xml} />
          </section>
        ))}
        {files.length > shown && (
          <Button onPress={() => setShown(shown + 10 * filesAtOnce)}>{say('platform.stack.more')}</Button>
        )}
      </Section>
    </>
  );
};

const Letters = ({ xml }: { readonly xml: string }) => {
  const { say } = useTongue();
  return (
    <details>
      <summary>{say('platform.sent.letters')}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard (WCAG 2.1.1) */}
      <pre className="letters" tabIndex={0}>
        {xml}
      </pre>
    </details>
  );
};

/** The names are those of the reporting API, which no language translates. */
const Members = ({ of }: { readonly of: unknown }) => {
  if (Array.isArray(of)) {
    return (
      <ol className="members">
        {of.map((one, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the order is what a document has
          <li key={at}>
            <Members of={one} />
          </li>
        ))}
      </ol>
    );
  }
  if (typeof of !== 'object' || of === null) return String(of);
  return (
    <dl className="members">
      {Object.entries(of).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <Members of={value} />
          </dd>
        </div>
      ))}
    </dl>
  );
};
