/** A line without its end, from 1; `cut`: it is longer than anybody writes, and its rest was skipped. */
export interface TextLine {
  readonly number: number;
  readonly text: string;
  readonly length: 'whole' | 'cut';
}

const longest = 65_536;

/** Lines of UTF-8, ended by LF or CRLF. However long one is, no more than 64 KiB of it are kept. */
export async function* textLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<TextLine> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: false });
  let number = 1;
  let open = '';
  let length: TextLine['length'] = 'whole';
  const keep = (text: string): void => {
    open += text.slice(0, longest + 1 - open.length);
    if (open.length <= longest) return;
    length = 'cut';
    open = open.slice(0, longest);
  };
  for await (const piece of bytes) {
    const parts = decoder.decode(piece, { stream: true }).split('\n');
    for (const [at, part] of parts.entries()) {
      keep(part);
      if (at === parts.length - 1) break;
      yield { number, text: open.replace(/\r$/, ''), length };
      number++;
      open = '';
      length = 'whole';
    }
  }
  keep(decoder.decode());
  if (open !== '') yield { number, text: open.replace(/\r$/, ''), length };
}
