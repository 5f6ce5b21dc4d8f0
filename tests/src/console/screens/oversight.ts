import type { Screen, ScreensOf } from './screen.js';

const desk = '/desk/oversight';
const tabs = (screen: string, ...names: readonly string[]): readonly Screen[] =>
  names.map((tab) => ({ name: `oversight-${screen}-${tab}`, path: `${desk}/${screen}?tab=${tab}` }));

export const oversightScreens: ScreensOf = async () => [
  ...['approvals', 'ledger', 'events', 'cases', 'looks', 'verify'].map((name) => ({
    name: `oversight-${name}`,
    path: `${desk}/${name}`,
  })),
  ...tabs('cases', 'freezes', 'filter', 'roles'),
  ...tabs('looks', 'team', 'overrides'),
];
