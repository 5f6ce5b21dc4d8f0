import type { PackageSource } from '@tutela/evidence/verify';
import { openPackage } from '@tutela/evidence/verify/node';
import { TutelaError } from '../tutela-error.js';

/** What the file system refuses is the caller's to mend. */
export const whileReading = async <Result>(act: () => Promise<Result>): Promise<Result> => {
  try {
    return await act();
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (cause instanceof TutelaError || (code === undefined && !(cause instanceof RangeError))) throw cause;
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

/** Opens a package for one look at it, and closes it. */
export const lookInto = <Result>(path: string, look: (source: PackageSource) => Promise<Result>): Promise<Result> =>
  whileReading(async () => {
    const opened = await openPackage(path);
    if (opened.kind !== 'done') {
      throw new TutelaError('refuted', `This is no package: ${opened.reason.message}.`, checkFirst);
    }
    try {
      return await look(opened.value);
    } finally {
      await opened.value.close();
    }
  });

/** Advice, when a package does not give what was asked of it. */
export const checkFirst = 'tutela package verify tells what is wrong with it.';
