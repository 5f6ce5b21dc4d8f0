import { EmptyState, Page } from '../design/index.js';
import { useTongue } from './tongue.js';

/** Nobody has the key of the node in this tab: only the printed address brings it. */
export const SignIn = () => {
  const { say } = useTongue();
  return (
    <main className="content alone">
      <Page title="Tutela">
        <EmptyState title={say('common.sign-in.title')}>
          <p>{say('common.sign-in.text')}</p>
        </EmptyState>
      </Page>
    </main>
  );
};
