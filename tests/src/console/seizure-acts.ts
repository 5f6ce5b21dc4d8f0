import { act, enter, type KeyboardAct } from './keyboard-acts.js';

const first = { press: ['Home', 'Enter'] } as const;
const second = { press: ['Enter', 'ArrowDown', 'Enter'] } as const;

/** In the case of a seizure. A table bears the name of the link to it, which Tab comes to before. */
export const seizureActs: readonly KeyboardAct[] = [
  act('an account is opened', 'investigator-accounts', { tab: 'Accounts' }, { tab: 'Accounts' }, first, {
    at: /accounts\/.+/,
  }),
  act('from an account to its files', 'investigator-account', { tab: 'Files of the account' }, enter, {
    at: /items\?account=/,
  }),
  act('a stack of media is opened', 'investigator-stacks', { tab: 'Media stacks' }, { tab: 'Media stacks' }, first, {
    at: /items\/\d+/,
  }),
  act('from a file to those of the same bytes', 'investigator-item', { tab: 'Files of the same bytes' }, enter, {
    at: /items\?sha256=/,
  }),
  act(
    'the known files that match exactly, and one of them',
    'investigator-matches',
    { tab: 'any' },
    second,
    { at: /kind=exact/ },
    { tab: 'Matches with the list' },
    first,
    { at: /items\/\d+/ },
  ),
  act(
    'an archive is opened and how it was opened is read',
    'investigator-archives',
    { tab: 'Each archive' },
    { press: ['End', 'Enter'] },
    { at: /archives\/.+/ },
    { see: 'How it was opened' },
  ),
  act('the authority an archive was read under is copied', 'investigator-archive', { tab: 'Copy' }, enter, {
    see: '✓',
  }),
  act(
    'what the service knew of one kind, and the file it stands in',
    'investigator-knowledge',
    { tab: 'any' },
    second,
    { at: /kind=/ },
    { tab: 'Events in the order of time' },
    first,
    { at: /items\/\d+/ },
  ),
];
