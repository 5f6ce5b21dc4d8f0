import { opensslAtHand, openTimeAuthority } from '@tutela/testkit';
import type { Workplace } from '../node/workplace.js';

const nameOf = 'demonstration';

/** Whether an authority of time is the demonstration's own, which proves nothing. */
export const isDemoTime = ({ name }: { readonly name: string }): boolean => name.startsWith(nameOf);

/**
 * The demonstration's own authority of time, asked from now on: without a stamp no package that people write in it could be
 * verified. Each has a name and certificates of its own, as its key is gone with it. None where openssl is missing.
 * @returns closes it
 */
export const openDemoTime = async ({ alsoAsk }: Pick<Workplace, 'alsoAsk'>): Promise<() => Promise<void>> => {
  if (opensslAtHand === 'missing') return async () => {};
  const { url, roots, close } = await openTimeAuthority({ name: 'Demonstration', key: 'p256' });
  const stop = alsoAsk({ name: `${nameOf}-${Date.now().toString(36)}`, url, roots });
  return async () => {
    stop();
    await close();
  };
};
