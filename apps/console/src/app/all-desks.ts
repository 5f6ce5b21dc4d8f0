import { clearinghouseNavigation } from '../clearinghouse/clearinghouse.js';
import { investigatorNavigation } from '../investigator/investigator.js';
import { oversightNavigation } from '../oversight/oversight.js';
import { platformNavigation } from '../platform/platform.js';
import { providerNavigation } from '../provider/provider.js';
import { wellnessNavigation } from '../wellness/wellness.js';
import type { DeskNavigation } from './navigation.js';

/** In the way of the data: upload to package, and whoever watches over all of it. */
export const allDesks: readonly DeskNavigation[] = [
  platformNavigation,
  clearinghouseNavigation,
  investigatorNavigation,
  providerNavigation,
  oversightNavigation,
  wellnessNavigation,
];
