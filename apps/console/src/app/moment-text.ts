/** `2026-03-01 10:14 -05:00`, with or without seconds; `T` and `Z` as RFC 3339 has them. */
const form = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?) ?(Z|[+-]\d\d:\d\d)$/i;

/** A moment as somebody types it, in UTC; `undefined` without a date, a time and a zone, and for a day that is none. */
export const readMoment = (text: string): string | undefined => {
  const [, year = '', month = '', day = '', time = '', zone = ''] = form.exec(text.trim()) ?? [];
  const at = new Date(`${year}-${month}-${day}T${time}${zone.toUpperCase()}`);
  // A 31st of February would become a day of March.
  const isDay = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDate() === Number(day);
  return Number.isNaN(at.getTime()) || !isDay ? undefined : at.toISOString();
};

/** A moment as it is typed, to the minute or the second, in the zone of whoever sits here. */
export const typedMoment = (at: Date, to: 'minute' | 'second' = 'minute'): string => {
  const behind = at.getTimezoneOffset();
  const local = new Date(at.getTime() - behind * 60_000).toISOString();
  const two = (value: number) => String(Math.trunc(value)).padStart(2, '0');
  const zone = `${behind > 0 ? '-' : '+'}${two(Math.abs(behind) / 60)}:${two(Math.abs(behind) % 60)}`;
  return `${local.slice(0, 10)} ${local.slice(11, to === 'minute' ? 16 : 19)} ${zone}`;
};
