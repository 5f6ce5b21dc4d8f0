/** Pictures in memory at once, and their bytes, but for a single one that is larger. */
const most = { pictures: 16, bytes: 64 << 20 };

/** The same things in portions that are worked on side by side. */
export function* portionsOf<Thing extends { readonly bytes: number }>(
  things: readonly Thing[],
): Generator<readonly Thing[]> {
  let portion: Thing[] = [];
  let bytes = 0;
  for (const thing of things) {
    if (portion.length > 0 && (portion.length === most.pictures || bytes + thing.bytes > most.bytes)) {
      yield portion;
      [portion, bytes] = [[], 0];
    }
    portion.push(thing);
    bytes += thing.bytes;
  }
  if (portion.length > 0) yield portion;
}
