import type { DeviceClock } from './device-time.js';

/** Where a line's message begins and which host it names; reused from line to line. */
export interface SyslogHeader {
  message: number;
  host: string | undefined;
}

/**
 * `<PRI>` and RFC 5424's version are optional; then a stamp and a host, as BSD (RFC 3164) and RFC 5424 have them.
 * @returns -1 when no stamp is there (the clock's `fault` says why); otherwise where the message begins, which for
 * RFC 5424 is the application name.
 */
export const readSyslogHeader = (text: string, clock: DeviceClock, header: SyslogHeader): number => {
  const start = afterPriority(text);
  const stampEnd = clock.read(text, text.startsWith('1 ', start) ? start + 2 : start, 'none');
  if (stampEnd < 0) return -1;
  if (text.charCodeAt(stampEnd) !== 32) {
    clock.fault = 'TIME_MALFORMED';
    return -1;
  }
  const hostEnd = text.indexOf(' ', stampEnd + 1);
  header.host = hostEnd < 0 ? undefined : text.slice(stampEnd + 1, hostEnd);
  header.message = hostEnd < 0 ? stampEnd + 1 : hostEnd + 1;
  return header.message;
};

/** The index after `<PRI>`, if there is one. */
export const afterPriority = (text: string): number => {
  if (text.charCodeAt(0) !== 60) return 0;
  const end = text.indexOf('>');
  return end > 1 && end <= 4 ? end + 1 : 0;
};
