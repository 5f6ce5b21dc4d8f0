/** A screen as `npm run screenshots` makes it: what its pictures are called, where it is. */
export interface Screen {
  readonly name: string;
  readonly path: string;
}

/** Asks the node as the console does; `undefined` where nothing is there. */
export type Ask = <Body>(path: string) => Promise<Body | undefined>;

/** A desk's screens with the demonstration's things in them; those whose thing is not there are left out. */
export type ScreensOf = (ask: Ask) => Promise<readonly Screen[]>;

/** The screen of a thing that was found; nothing where none was. */
export const screenOf = (name: string, found: string | undefined, path: (id: string) => string): readonly Screen[] =>
  found === undefined ? [] : [{ name, path: path(encodeURIComponent(found)) }];
