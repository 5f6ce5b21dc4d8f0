import type { Language } from './languages.js';

const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte', 'petabyte'] as const;
const spans = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

export interface QuantityFormats {
  readonly number: (value: number | bigint) => string;
  readonly percent: (share: number) => string;
  readonly bytes: (value: number | bigint) => string;
  readonly duration: (seconds: number) => string;
}

/** Numbers, shares, sizes and durations as a language writes them. */
export const quantityFormats = (language: Language): QuantityFormats => {
  const plain = new Intl.NumberFormat(language);
  const share = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });
  const sizes = byteUnits.map(
    (unit) =>
      new Intl.NumberFormat(language, {
        style: 'unit',
        unit,
        unitDisplay: unit === 'byte' ? 'long' : 'short',
        maximumFractionDigits: 1,
      }),
  );
  const lengths = spans.map(
    ([unit]) =>
      new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 0 }),
  );
  return {
    number: (value) => plain.format(value),
    percent: (value) => share.format(value),
    bytes: (value) => {
      let left = Number(value);
      let step = 0;
      while (left >= 1000 && step < sizes.length - 1) {
        left /= 1000;
        step += 1;
      }
      return sizes[step]?.format(left) ?? '';
    },
    duration: (seconds) => {
      let left = Math.max(0, Math.round(seconds));
      const parts = spans.flatMap(([, length], at) => {
        const count = Math.floor(left / length);
        left -= count * length;
        return count === 0 ? [] : [lengths[at]?.format(count) ?? ''];
      });
      return parts.length === 0 ? (lengths[3]?.format(0) ?? '') : parts.slice(0, 2).join(' ');
    },
  };
};
