import { request } from './api.js';

/** The node says something at least every 15 seconds. */
const silenceMs = 40_000;

/** The documents of `/status/stream` as they come, until it breaks off or falls silent (WHATWG HTML §9.2). */
export async function* statusDocuments<Document>(signal: AbortSignal): AsyncGenerator<Document> {
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
      for (const event of events) if (event.startsWith('data: ')) yield JSON.parse(event.slice('data: '.length));
    }
  } finally {
    clearTimeout(timer);
    silence.abort();
  }
}
