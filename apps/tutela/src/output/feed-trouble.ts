const troubles: Readonly<Record<string, string>> = {
  'feed-unreachable':
    'The clearinghouse does not answer. It is asked again by itself; if it stays so, look at the address in the file.',
  'feed-credential-refused':
    'The clearinghouse does not take the credential. Ask it for another, and keep it with tutela referral add-feed.',
  'feed-turned-down': 'The clearinghouse turned this down. Give its word to whoever deals with it.',
  'feed-broken-off': 'A report broke off on its way. The next fetch goes on where it was.',
  'feed-internal': 'Something failed here and not there. The log of the node says what.',
  'feed-open-to-others': 'Others may read its file, so it is not used: chmod 600, and ask for another credential.',
  'feed-malformed': 'Its file is not well formed: name the feed again with tutela referral add-feed.',
};

/** What stands against a feed, and what to do. */
export const feedTrouble = (code: string): string => troubles[code] ?? `${code}.`;
