/** A word found in a text, where it begins (in UTF-16 units), and how it was found. */
export interface HarvestedWord {
  readonly word: string;
  readonly offset: number;
  readonly how: 'named-as-password' | 'looks-like-one' | 'address';
}

/** What people write before a password, in the languages of the desks and those of the boards of the time. */
const announcements =
  'pass(?:word|code|phrase)?|pw|pwd|key|unrar|contraseña|contrasena|clave|senha|mot de passe|mdp|passwort|kennwort|wachtwoord|hasło|haslo|пароль|пасс|密码|解压密码|パスワード|パス';
const announced = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${announcements})(?:\\s+(?:${announcements})){0,3}(?![\\p{L}])\\s{0,5}(?:is|es|é|est|ist|:|=|->|=>|»|：|-){0,3}\\s{0,5}[:=]?\\s{0,5}["'«“\`]?([^\\s"'»”\`]{1,127})`,
  'giu',
);
// Every repetition is bounded: the text is a stranger's (test: "a long text is read in the time of its length").
const address =
  /(?<![a-z0-9.-])(?:https?:\/\/)?((?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,24})(?![a-z0-9-])(?:\/[^\s"'<>]{0,200})?/giu;
const token = /[^\s,;"'<>()[\]{}|]{4,40}/gu;

export interface HarvestLimits {
  readonly words: number;
}

/**
 * Words worth trying from a text of the seizure: those announced as a password first, then addresses (boards were often
 * the password of what they shared), then what mixes letters with digits or signs. Each word once, best first.
 */
export const harvestWords = (text: string, limits: HarvestLimits = { words: 200 }): readonly HarvestedWord[] => {
  const found = new Map<string, HarvestedWord>();
  const add = (word: string, offset: number, how: HarvestedWord['how']): void => {
    if (word.length >= 3 && !found.has(word)) found.set(word, { word, offset, how });
  };
  for (const match of text.matchAll(announced)) {
    const word = match[1]!;
    const offset = match.index + match[0].lastIndexOf(word);
    add(word, offset, 'named-as-password');
    add(word.replace(/[.,;:!?)]+$/u, ''), offset, 'named-as-password');
  }
  for (const match of text.matchAll(address)) {
    const host = match[1]!;
    add(match[0], match.index, 'address');
    add(host, match.index + match[0].indexOf(host), 'address');
    add(host.replace(/^www\./iu, ''), match.index + match[0].indexOf(host), 'address');
  }
  for (const match of text.matchAll(token)) {
    const word = match[0].replace(/[.,:!?]+$/u, '');
    if (looksLikeOne(word)) add(word, match.index, 'looks-like-one');
  }
  return [...found.values()].slice(0, limits.words);
};

const looksLikeOne = (word: string): boolean =>
  /\p{L}/u.test(word) && /[\p{N}_@#$%&*!+=~-]/u.test(word) && !/^[\p{L}]+-[\p{L}]+$/u.test(word);
