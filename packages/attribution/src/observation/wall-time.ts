const dayMs = 86_400_000;
const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const beforeMonth = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** Midnight of a date as milliseconds since 1970 on the wall clock; `undefined` for a date no calendar has. Month 1–12. */
export const wallDate = (year: number, month: number, day: number): number | undefined => {
  if (year < 1970 || year > 9999 || month < 1 || month > 12 || day < 1) return undefined;
  if (day > monthLengths[month - 1]! + (month === 2 && isLeap(year) ? 1 : 0)) return undefined;
  const past = year - 1;
  const leapDays = Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400) - 477;
  const days = (year - 1970) * 365 + leapDays + beforeMonth[month - 1]! + (month > 2 && isLeap(year) ? 1 : 0) + day - 1;
  return days * dayMs;
};

/** Time of day in milliseconds; `undefined` outside 00:00:00–23:59:59.999 (a leap second is no moment of Unix time). */
export const wallClock = (hour: number, minute: number, second: number, ms: number): number | undefined =>
  hour > 23 || minute > 59 || second > 59 ? undefined : ((hour * 60 + minute) * 60 + second) * 1000 + ms;
