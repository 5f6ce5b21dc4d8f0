const lineFeed = 0x0a;

export interface LineSplitter {
  /** The lines that are whole now, without their ends. */
  readonly take: (piece: Buffer) => readonly Buffer[];
  /** What came after the last line feed. */
  readonly rest: () => Buffer;
}

/** Cuts a stream of bytes into lines. One longer than `mostBytes` is handed out in parts. */
export const newLineSplitter = (mostBytes: number): LineSplitter => {
  let held: Buffer = Buffer.alloc(0);
  return {
    take: (piece) => {
      const bytes = held.length === 0 ? piece : Buffer.concat([held, piece]);
      const lines: Buffer[] = [];
      let from = 0;
      for (let to = bytes.indexOf(lineFeed); to !== -1; from = to + 1, to = bytes.indexOf(lineFeed, from))
        lines.push(bytes.subarray(from, to));
      held = bytes.subarray(from);
      if (held.length > mostBytes) {
        lines.push(held);
        held = Buffer.alloc(0);
      }
      return lines;
    },
    rest: () => held,
  };
};
