import { type DuckDBConnection, DuckDBInstance, type DuckDBValue } from '@duckdb/node-api';
import { AttributionError } from '../attribution-error.js';
import { eachHolding } from '../segment/each-holding.js';
import type { Holding } from '../segment/holding.js';
import { keyBytesOf, readKey, readTag, writeKey } from '../segment/row-shape.js';
import { openSegmentBuilder } from '../segment/segment-builder.js';
import { decodeHeader, encodeHeader, type SegmentHeader } from '../segment/segment-header.js';
import type { SegmentReader } from '../segment/segment-reader.js';
import type { WrittenSegment } from '../segment/write-segment.js';
import { makeHoldingTable, readParquetHeader, streamParquet, writeParquet } from './queries.js';

/** Writes all of a segment, its header included, as one Parquet file: the smallest form, for keeping (§6). */
export const exportParquet = (segment: SegmentReader, file: string): Promise<void> =>
  withDuckDb(async (connection) => {
    await makeHoldingTable(connection);
    const appender = await connection.createAppender('holding');
    const places = new Map(segment.header.marks.map((mark, place) => [mark, place]));
    const key = Buffer.alloc(keyBytesOf(segment.header.keys));
    let place = 0n;
    for (const holding of eachHolding(segment)) {
      writeKey(key, 0, holding.key);
      appender.appendBigInt(place++);
      appender.appendBlob(Uint8Array.from(key));
      appender.appendUTinyInt(holding.proto === '*' ? 0 : holding.proto);
      appender.appendUSmallInt(holding.portFirst);
      appender.appendUSmallInt(holding.portLast);
      appender.appendBigInt(BigInt(holding.from));
      appender.appendBigInt(BigInt(holding.to));
      appender.appendBlob(Buffer.from(holding.holder, 'hex'));
      if (holding.destination === undefined) appender.appendNull();
      else appender.appendBlob(Buffer.from(holding.destination, 'hex'));
      appender.appendUTinyInt(places.get(holding.mark) ?? 0);
      appender.endRow();
    }
    appender.closeSync();
    await writeParquet(connection, file, encodeHeader(segment.header).toString('utf8'));
  });

/**
 * Builds the segment again from its Parquet file: the same bytes as before.
 * @throws AttributionError `damaged-segment` for a file that no segment was exported to
 */
export const importParquet = (
  file: string,
  into: { readonly work: string; readonly target: string },
): Promise<WrittenSegment> =>
  withDuckDb(async (connection) => {
    const text = await readParquetHeader(connection, file);
    if (text === undefined) throw new AttributionError('damaged-segment', `${file} is no exported segment`);
    const header = decodeHeader(Buffer.from(text));
    const { keys, destinations, period } = header;
    const builder = openSegmentBuilder({ ...into, keys, destinations, period });
    const result = await streamParquet(connection, file);
    for (
      let chunk = await result.fetchChunk();
      chunk !== null && chunk.rowCount > 0;
      chunk = await result.fetchChunk()
    ) {
      for (const row of chunk.getRows()) builder.add(holdingOf(header, row));
    }
    const { exporter, inputs, parsers, tzVersion, clockErrorMs, ports, inbound, evidence, opening } = header;
    const { received, coverage } = header;
    return builder.finish({
      exporter,
      inputs,
      parsers,
      tzVersion,
      clockErrorMs,
      ports,
      inbound,
      evidence,
      opening,
      received,
      coverage,
    });
  });

const holdingOf = (header: SegmentHeader, row: readonly DuckDBValue[]): Holding => {
  const [key, proto, portFirst, portLast, from, to, holder, destination, mark] = row;
  const named = header.marks[Number(mark)];
  if (named === undefined) throw new AttributionError('damaged-segment', 'a record with a mark of no header');
  const number = Number(proto);
  return {
    key: readKey(header.keys, blob(key), 0),
    proto: number === 6 || number === 17 || number === 1 ? number : '*',
    portFirst: Number(portFirst),
    portLast: Number(portLast),
    from: Number(from),
    to: Number(to),
    holder: readTag(blob(holder), 0),
    destination: destination === null ? undefined : readTag(blob(destination), 0),
    mark: named,
  };
};

const blob = (value: DuckDBValue | undefined): Buffer => {
  if (typeof value === 'object' && value !== null && 'bytes' in value && value.bytes instanceof Uint8Array) {
    return Buffer.from(value.bytes);
  }
  throw new AttributionError('damaged-segment', 'a record without bytes where bytes belong');
};

export const withDuckDb = async <Value>(work: (connection: DuckDBConnection) => Promise<Value>): Promise<Value> => {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    return await work(connection);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
};
