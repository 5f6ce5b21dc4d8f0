import type { Page } from 'playwright-core';

/** A device that makes and uses passkeys, with somebody at it who touches it and gives a PIN (CDP, domain WebAuthn). */
export const givePasskeyDevice = async (page: Page): Promise<void> => {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
};
