import type { ScreensOf } from './screen.js';

export const oversightScreens: ScreensOf = async () =>
  ['approvals', 'ledger', 'events', 'cases', 'looks', 'verify'].map((name) => ({
    name: `oversight-${name}`,
    path: `/desk/oversight/${name}`,
  }));
