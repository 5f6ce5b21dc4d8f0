/**
 * Messages on a pipe: seven numbers and a body. On the wire: eight 32-bit little-endian words (the length of the body,
 * then the seven), then the body.
 */
export interface Frame {
  readonly words: readonly number[];
  readonly body: Uint8Array;
}

export const frameWords = 7;
const headBytes = 4 * (frameWords + 1);

/** Bodies are handed on when they are full, never before, so nothing has to be cleared first. */
const unfilled = (length: number): Uint8Array => new Uint8Array(Buffer.allocUnsafeSlow(length).buffer);

/** The head of a frame; the body follows as it is, so that a long one need not be copied. */
export const frameHead = (words: readonly number[], bodyBytes: number): Uint8Array => {
  const head = new Uint8Array(headBytes);
  const view = new DataView(head.buffer);
  view.setUint32(0, bodyBytes, true);
  for (let at = 0; at < frameWords; at++) view.setUint32(4 * (at + 1), words[at] ?? 0, true);
  return head;
};

/**
 * Puts frames together from pieces as they arrive. `broken`, for good, once a frame announces a body beyond
 * `maximumBody`: no sound sender does.
 */
export const frameReader = (
  maximumBody: number,
  onFrame: (frame: Frame) => void,
): ((piece: Uint8Array) => 'sound' | 'broken') => {
  const head = new Uint8Array(headBytes);
  const view = new DataView(head.buffer);
  let headFilled = 0;
  let body: Uint8Array | undefined;
  let bodyFilled = 0;

  const words = (): number[] => Array.from({ length: frameWords }, (_, at) => view.getUint32(4 * (at + 1), true));

  return (piece) => {
    let at = 0;
    while (at < piece.length) {
      if (body === undefined) {
        const part = piece.subarray(at, at + headBytes - headFilled);
        head.set(part, headFilled);
        headFilled += part.length;
        at += part.length;
        if (headFilled < headBytes) break;
        if (view.getUint32(0, true) > maximumBody) return 'broken';
        body = unfilled(view.getUint32(0, true));
      }
      const part = piece.subarray(at, at + body.length - bodyFilled);
      body.set(part, bodyFilled);
      bodyFilled += part.length;
      at += part.length;
      if (bodyFilled < body.length) break;
      const frame = { words: words(), body };
      body = undefined;
      headFilled = 0;
      bodyFilled = 0;
      onFrame(frame);
    }
    return 'sound';
  };
};
