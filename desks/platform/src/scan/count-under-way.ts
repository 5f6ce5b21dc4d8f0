/** Files judged in batches that are not committed yet, by scan: so that a progress line moves within a batch. */
export const countUnderWay = () => {
  const counts = new Map<string, number>();
  const add = (scan: string, files: number): void => void counts.set(scan, (counts.get(scan) ?? 0) + files);
  return {
    of: (scan: string): number => counts.get(scan) ?? 0,
    during: async (scan: string, act: (onFile: (scan: string) => void) => Promise<void>): Promise<void> => {
      let files = 0;
      try {
        await act(() => {
          files++;
          add(scan, 1);
        });
      } finally {
        add(scan, -files);
      }
    },
  };
};
