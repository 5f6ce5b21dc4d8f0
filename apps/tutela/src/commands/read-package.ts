import { TutelaError } from '../tutela-error.js';

/** What the file system refuses is the caller's to mend. */
export const whileReading = async <Result>(act: () => Promise<Result>): Promise<Result> => {
  try {
    return await act();
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === undefined && !(cause instanceof RangeError)) throw cause;
    throw new TutelaError(
      'unreadable',
      `It cannot be read: ${message}`,
      'Name a package: its folder, or its ZIP or tar.',
      {
        cause,
      },
    );
  }
};
