import type { DuckDBConnection } from '@duckdb/node-api';

/** The only SQL of this package: DuckDB for archives and for statistics over many records, never for one question. */
export const makeHoldingTable = async (connection: DuckDBConnection): Promise<void> => {
  await connection.run(`create table holding (
    place bigint, key blob, proto utinyint, port_first usmallint, port_last usmallint,
    from_ms bigint, to_ms bigint, holder blob, destination blob, mark utinyint)`);
};

/** `header` travels in the file's key-value metadata. */
export const writeParquet = async (connection: DuckDBConnection, file: string, header: string): Promise<void> => {
  await connection.run(
    `copy (select * exclude place from holding order by place) to ${literal(file)}
     (format parquet, compression zstd, kv_metadata {tutela_segment: ${literal(header)}})`,
  );
};

export const readParquetHeader = async (connection: DuckDBConnection, file: string): Promise<string | undefined> => {
  const reader = await connection.runAndReadAll(
    `select decode(value) from parquet_kv_metadata(${literal(file)}) where decode(key) = 'tutela_segment'`,
  );
  const value = reader.getRows()[0]?.[0];
  return typeof value === 'string' ? value : undefined;
};

export const streamParquet = (connection: DuckDBConnection, file: string) =>
  connection.stream(
    `select key, proto, port_first, port_last, from_ms, to_ms, holder, destination, mark from ${table([file])}`,
  );

/** One row: holdings, holders, keys, quantiles of the length of a holding and of holders to a key. */
export const selectStatistics = async (connection: DuckDBConnection, files: readonly string[]) => {
  const reader = await connection.runAndReadAll(
    `with held as (select key, holder, to_ms - from_ms as ms from ${table(files)}),
          sharing as (select key, count(distinct holder) as holders from held group by key)
     select (select count(*) from held)::double, (select count(distinct holder) from held)::double,
            (select count(*) from sharing)::double,
            (select quantile_disc(ms, [0.1, 0.5, 0.9]) from held)::double[],
            (select quantile_disc(holders, [0.1, 0.5, 0.9, 1.0]) from sharing)::double[]`,
  );
  return reader.getRowsJson()[0];
};

/** Rows of `hour` (milliseconds UTC), how many holdings began in it and how many holders held something. */
export const selectHours = async (connection: DuckDBConnection, files: readonly string[]) => {
  const reader = await connection.runAndReadAll(
    `with held as (select holder, from_ms, to_ms from ${table(files)}),
          hours as (select unnest(range((select min(from_ms) from held) // 3600000,
                                        (select max(to_ms) from held) // 3600000 + 1)) * 3600000 as hour)
     select hour::double, count(*) filter (from_ms >= hour)::double, count(distinct holder)::double
     from hours join held on from_ms < hour + 3600000 and to_ms >= hour
     group by hour order by hour`,
  );
  return reader.getRowsJson();
};

const table = (files: readonly string[]): string => `read_parquet([${files.map(literal).join(', ')}])`;
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
