/** The tables of attribution.md §4.5, in hundredths, by ± seconds or by mistake: what the naive tool should reproduce. */
export const blockReference: ReadonlyMap<
  number,
  { readonly none: number; readonly one: number; readonly several: number; readonly falseOne?: number }
> = new Map([
  [0, { none: 11.6, one: 88.4, several: 0 }],
  [60, { none: 11.2, one: 88.8, several: 0, falseOne: 3.1 }],
  [300, { none: 9.7, one: 90.3, several: 0, falseOne: 15.9 }],
  [900, { none: 6.2, one: 93.7, several: 0.14, falseOne: 45.5 }],
  [3600, { none: 0, one: 89.3, several: 10.8, falseOne: 36.6 }],
]);

/** Share with exactly one, by seconds of rest before a port is used again. */
export const sessionReference: Readonly<Record<number, ReadonlyMap<number, number>>> = {
  0: new Map([
    [1, 99.99],
    [5, 99.9],
    [60, 95.8],
    [120, 89.5],
    [300, 72.4],
    [900, 34.7],
    [3600, 1.3],
  ]),
  120: new Map([
    [1, 100],
    [5, 100],
    [60, 100],
    [120, 100],
    [300, 82.3],
    [900, 37.3],
    [3600, 1.1],
  ]),
};

/**
 * Same, none, wrong. A question moved over the end of the 30 days counts as none (10 of the 13.9 at 3 days), and so does
 * one moved over the end of 1,000 addresses (1 of 4.9).
 */
export const mistakeReference: ReadonlyMap<string, readonly [number, number, number]> = new Map([
  ['+5 s', [99.99, 0.01, 0]],
  ['+60 s', [99.8, 0.2, 0]],
  ['1 h (summer time)', [87.5, 10.6, 1.9]],
  ['3 h (UTC against UTC-3)', [62.5, 13.2, 24.3]],
  ['5 h (BST as Dhaka)', [37.2, 13.6, 49.1]],
  ['12 h (AM/PM)', [0, 14.3, 85.7]],
  ['3 days (day/month)', [0, 13.9, 86.1]],
  ['address off by 10', [0, 4.9, 95.1]],
  ['destination port as source port', [0.4, 4.1, 95.5]],
]);

/** λ of §4.5: 200 customers with 16,500 connections a day of one protocol each on 64,512 ports. */
export const shareUnique = (seconds: number): number =>
  100 * Math.exp((-2 * seconds * 200 * 16_500) / (86_400 * 64_512));
