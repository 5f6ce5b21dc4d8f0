/** Closes what was opened, the last first. */
export interface Closers {
  readonly add: (close: () => unknown) => void;
  readonly close: () => Promise<void>;
}

/**
 * Opens things that need each other; when one cannot be opened, those before it are closed again.
 * @returns what `open` returns, and how to close it all; closing twice is closing once
 */
export const openTogether = async <Opened extends object>(
  open: (closers: Pick<Closers, 'add'>) => Promise<Opened>,
): Promise<Opened & Pick<Closers, 'close'>> => {
  const closing: (() => unknown)[] = [];
  const closeAll = async (): Promise<void> => {
    const faults: unknown[] = [];
    for (let close = closing.pop(); close !== undefined; close = closing.pop()) {
      try {
        await close();
      } catch (fault) {
        faults.push(fault);
      }
    }
    if (faults.length > 0) throw faults[0];
  };
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closed ??= closeAll();
    return closed;
  };
  try {
    const opened = await open({ add: (closer) => closing.push(closer) });
    return { ...opened, close };
  } catch (error) {
    // What could not be opened is the news; that something else could not be closed then is not.
    await close().catch(() => undefined);
    throw error;
  }
};
