import { clearinghouseScreens } from './clearinghouse.js';
import { investigatorScreens } from './investigator.js';
import { oversightScreens } from './oversight.js';
import { platformScreens } from './platform.js';
import { providerScreens } from './provider.js';
import type { Screen, ScreensOf } from './screen.js';

const ofEveryDesk: ScreensOf = async () => [
  { name: 'overview', path: '/' },
  { name: 'me', path: '/desk/me' },
];

/** Every screen of the console, with what the node holds; a desk's screens are registered in the file of its name. */
export const allScreens = async (ask: Parameters<ScreensOf>[0]): Promise<readonly Screen[]> => {
  const desks = [
    ofEveryDesk,
    platformScreens,
    clearinghouseScreens,
    investigatorScreens,
    providerScreens,
    oversightScreens,
  ];
  const screens: Screen[] = [];
  for (const screensOf of desks) screens.push(...(await screensOf(ask)));
  return screens;
};
