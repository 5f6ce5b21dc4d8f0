export type ListSource = Uint8Array | AsyncIterable<Uint8Array>;

/** Text of a source in UTF-8 or, when its byte order mark says so, UTF-16; without the mark. */
export async function* textOf(source: ListSource): AsyncGenerator<string> {
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  // The mark may be cut by a chunk's end: bytes are held until there are two.
  let held: Uint8Array = new Uint8Array(0);
  for await (const chunk of source instanceof Uint8Array ? [source] : source) {
    const bytes = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    if (decoder === undefined && bytes.length < 2) {
      held = bytes;
      continue;
    }
    held = new Uint8Array(0);
    decoder ??= new TextDecoder(encodingOf(bytes));
    yield decoder.decode(bytes, { stream: true });
  }
  decoder ??= new TextDecoder();
  yield decoder.decode(held);
}

const encodingOf = ([first, second]: Uint8Array): string => {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
};

/** Lets a reader look at the beginning before another one reads it all. */
export const peek = async (
  chunks: AsyncIterable<string>,
  letters: number,
): Promise<{ readonly beginning: string; readonly all: AsyncGenerator<string> }> => {
  const iterator = chunks[Symbol.asyncIterator]();
  let beginning = '';
  let end = false;
  while (beginning.length < letters && !end) {
    const { value, done } = await iterator.next();
    end = done === true;
    beginning += value ?? '';
  }
  async function* all(): AsyncGenerator<string> {
    yield beginning;
    if (!end) yield* { [Symbol.asyncIterator]: () => iterator };
  }
  return { beginning, all: all() };
};

export interface Line {
  /** From 1. */
  readonly number: number;
  readonly text: string;
  /** The line break as it stands there; empty at the end of the text. */
  readonly ending: string;
  /** Above the limit: `text` is its beginning. */
  readonly length: 'whole' | 'cut';
}

/** Lines of text, each at most `limit` letters; what is longer is cut, not kept. */
export async function* linesOf(chunks: AsyncIterable<string>, limit: number): AsyncGenerator<Line> {
  let number = 0;
  let text = '';
  let length: Line['length'] = 'whole';
  const take = (piece: string): void => {
    const room = Math.max(limit - text.length, 0);
    if (piece.length > room) length = 'cut';
    text += piece.slice(0, room);
  };
  const end = (ending: string): Line => {
    const line = { number: ++number, text, ending, length };
    text = '';
    length = 'whole';
    return line;
  };
  // A return at the end of a chunk may be the first half of a line break.
  let heldReturn = '';
  for await (const chunk of chunks) {
    const whole = heldReturn + chunk;
    heldReturn = whole.endsWith('\r') ? '\r' : '';
    const pieces = whole.slice(0, whole.length - heldReturn.length).split(/(\r\n|\n|\r)/);
    for (const [at, piece] of pieces.entries()) {
      if (at % 2 === 1) yield end(piece);
      else take(piece);
    }
  }
  if (text !== '' || heldReturn !== '') yield end(heldReturn);
}
