import { type ScreensOf, screenOf } from './screen.js';

interface Rows {
  readonly rows: readonly { readonly id: string; readonly account: string }[];
}

export const platformScreens: ScreensOf = async (ask) => {
  const match = (await ask<Rows>('/platform/matches/window?state=all&limit=1'))?.rows[0];
  const decided = (await ask<Rows>('/platform/matches/window?state=confirmed&limit=1'))?.rows[0];
  const report = (await ask<Rows>('/platform/filings/window?limit=1'))?.rows[0];
  const stack = match && (await ask<{ readonly stack: string | null }>(`/platform/matches/${match.id}`))?.stack;
  const desk = '/desk/platform';
  return [
    { name: 'platform-standing', path: desk },
    { name: 'platform-upload', path: `${desk}/upload` },
    { name: 'platform-stacks', path: `${desk}/stacks?state=all` },
    ...screenOf('platform-stack', stack ?? undefined, (id) => `${desk}/stacks/${id}?state=all`),
    { name: 'platform-matches', path: `${desk}/matches?state=all` },
    ...screenOf('platform-match', match?.id, (id) => `${desk}/matches/${id}`),
    ...screenOf('platform-match-decided', decided?.id, (id) => `${desk}/matches/${id}`),
    ...screenOf('platform-draft', match?.account, (account) => `${desk}/draft?account=${account}`),
    { name: 'platform-reports', path: `${desk}/reports` },
    ...screenOf('platform-report', report?.id, (id) => `${desk}/reports/${id}`),
    { name: 'platform-lists', path: `${desk}/lists` },
  ];
};
