import { useTongue } from '../app/tongue.js';
import { Page, Section } from '../design/index.js';

const steps = ['unpack', 'open', 'choose', 'read', 'trust'] as const;
const proves = ['whole', 'order', 'approved', 'authority', 'time'] as const;

/** How anybody checks an evidence package, without us and without a network. */
export const VerifyScreen = () => {
  const { say } = useTongue();
  return (
    <Page title={say('oversight.verify.title')} about={say('oversight.verify.about')}>
      <Section title={say('oversight.verify.how')}>
        <ol>
          {steps.map((step) => (
            <li key={step}>{say(`oversight.verify.step-${step}`)}</li>
          ))}
        </ol>
      </Section>
      <Section title={say('oversight.verify.terminal')} about={say('oversight.verify.terminal-why')}>
        <p>
          <code>node verify.mjs .</code> · <code>tutela package verify DEMO-1-package</code>
        </p>
      </Section>
      <Section title={say('oversight.verify.proves')}>
        <ul>
          {proves.map((what) => (
            <li key={what}>{say(`oversight.verify.proves-${what}`)}</li>
          ))}
        </ul>
        <p className="about">{say('oversight.verify.not')}</p>
      </Section>
    </Page>
  );
};
