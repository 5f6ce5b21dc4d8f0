import { request } from './api.js';
import { messageOf, type StreamMessage } from './stream-message.js';

/** The node says something at least every 15 seconds. */
const silenceMs = 40_000;

/** The messages of `/status/stream` as they come, until it breaks off or falls silent (WHATWG HTML §9.2). */
export async function* streamMessages(signal: AbortSignal): AsyncGenerator<StreamMessage> {
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), silenceMs);
  try {
    const answer = await request('/status/stream', { signal: AbortSignal.any([signal, silence.signal]) });
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    for (;;) {
      const part = await reader?.read();
      if (part === undefined || part.done) return;
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), silenceMs);
      const events = (text + part.value).split('\n\n');
      text = events.pop() ?? '';
      for (const event of events) {
        const message = messageOf(event);
        if (message !== undefined) yield message;
      }
    }
  } finally {
    clearTimeout(timer);
    silence.abort();
  }
}
