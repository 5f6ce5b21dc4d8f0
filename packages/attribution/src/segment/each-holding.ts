import type { Holding } from './holding.js';
import { readKey } from './row-shape.js';
import type { SegmentReader } from './segment-reader.js';

/** Everything in a segment in its order, for archives and statistics; a question never takes this way. */
export function* eachHolding(segment: SegmentReader): Generator<Holding, void> {
  const { directory, codec, header } = segment;
  for (let key = 0; key < directory.keyCount; key++) {
    const held = readKey(header.keys, directory.keys, key * directory.keyBytes);
    for (let entry = directory.entriesOf[key]!; entry < directory.entriesOf[key + 1]!; entry++) {
      const { view, at, records } = segment.run(entry);
      for (let record = 0; record < records; record++) {
        const place = at + record * codec.width;
        const destination = codec.destination(view, place);
        yield {
          key: held,
          proto: protoOf(directory.proto[entry]!),
          portFirst: directory.first[entry]!,
          portLast: directory.last[entry]!,
          from: codec.from(view, place),
          to: codec.to(view, place),
          holder: segment.holder(codec.holder(view, place)),
          destination: destination < 0 ? undefined : segment.destination(destination),
          mark: segment.mark(codec.mark(view, place)),
        };
      }
    }
  }
}

const protoOf = (proto: number): Holding['proto'] => (proto === 6 || proto === 17 || proto === 1 ? proto : '*');
