import { Link } from '@tanstack/react-router';
import { EmptyState, Page } from '../design/index.js';
import { useTongue } from './tongue.js';

export const NotFound = () => {
  const { say } = useTongue();
  return (
    <Page title={say('common.not-found.title')}>
      <EmptyState title={say('common.not-found.text')} action={<Link to="/">{say('common.overview')}</Link>} />
    </Page>
  );
};
