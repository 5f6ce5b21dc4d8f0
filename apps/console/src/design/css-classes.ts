/** Class names, those that do not apply left out. */
export const cssClasses = (...names: readonly (string | false | undefined)[]): string =>
  names.filter((name) => typeof name === 'string').join(' ');
