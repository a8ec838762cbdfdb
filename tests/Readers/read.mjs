// Reads Parquet files by a reader that is not ours, and prints what it sees as JSON lines:
//   node read.mjs duckdb|hyparquet FILE-OR-GLOB    schema, metadata, statistics, then an array per row
//   node read.mjs write-duckdb SQL FILE            lets DuckDB write a file: COPY (SQL) TO FILE
// 64-bit integers, NaN, infinities and -0 are strings, as JSON has none of them.
import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const print = (value) => {
  lines.push(JSON.stringify(value, (_, inner) => typeof inner === 'bigint' ? inner.toString() : inner));
  if (lines.length >= 1000) flush();
};
const lines = [];
const flush = () => { if (lines.length) process.stdout.write(lines.splice(0).join('\n') + '\n'); };

const canonical = (value) => {
  if (value === undefined || value === null) return null;
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'number') return value;
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  return Object.is(value, -0) ? '-0' : value;
};

async function duckdb(pattern) {
  const connection = await connect();
  const rows = async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJS();
  const file = `'${pattern.replaceAll("'", "''")}'`;
  const text = (blob) => Buffer.from(blob).toString('utf8');
  print({
    schema: (await rows(`SELECT name, type, repetition_type, converted_type, logical_type FROM parquet_schema(${file}) WHERE type IS NOT NULL`)),
  });
  print({
    metadata: Object.fromEntries((await rows(`SELECT decode(key) AS key, decode(value) AS value FROM parquet_kv_metadata(${file})`))
      .map(({ key, value }) => [key, value])),
  });
  print({
    statistics: (await rows(`SELECT row_group_id, path_in_schema, num_values, stats_null_count, stats_min_value, stats_max_value, compression, encodings,
      map_entries(key_value_metadata) AS notes FROM parquet_metadata(${file}) ORDER BY row_group_id, column_id`))
      .map(({ notes, ...rest }) => ({
        ...rest,
        notes: Object.fromEntries((notes?.items ?? notes ?? []).map((entry) => {
          const { key, value } = entry.entries ?? entry;
          return [text(key.bytes ?? key), text(value.bytes ?? value)];
        })),
      })),
  });
  const result = await connection.stream(`SELECT * FROM read_parquet(${file})`);
  for (;;) {
    const chunk = await result.fetchChunk();
    if (!chunk || chunk.rowCount === 0) break;
    for (const row of chunk.getRows()) print(row.map(canonical));
  }
}

async function writeDuckdb(sql, file) {
  const connection = await connect();
  await connection.run(`COPY (${sql}) TO '${file.replaceAll("'", "''")}' (FORMAT parquet${process.argv[5] ? `, ${process.argv[5]}` : ''})`);
}

async function connect() {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  return (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
}

async function hyparquet(pattern) {
  const { asyncBufferFromFile, parquetMetadataAsync, parquetRead } = await import('hyparquet');
  const compressors = { GZIP: (input) => new Uint8Array(gunzipSync(input)) };
  for (const path of expand(pattern)) {
    const file = await asyncBufferFromFile(path);
    const metadata = await parquetMetadataAsync(file);
    print({
      schema: metadata.schema.slice(1).map(({ name, type, repetition_type, converted_type, logical_type }) =>
        ({ name, type, repetition_type, converted_type, logical_type: logical_type?.type })),
    });
    print({ metadata: Object.fromEntries((metadata.key_value_metadata ?? []).map(({ key, value }) => [key, value])) });
    print({
      statistics: metadata.row_groups.flatMap((group, index) => group.columns.map(({ meta_data: chunk }) => ({
        row_group_id: index,
        path_in_schema: chunk.path_in_schema.join('.'),
        num_values: chunk.num_values,
        stats_null_count: chunk.statistics?.null_count,
        stats_min_value: canonical(chunk.statistics?.min_value),
        stats_max_value: canonical(chunk.statistics?.max_value),
        compression: chunk.codec,
      }))),
    });
    if (metadata.num_rows > 0n) await parquetRead({ file, metadata, compressors, onComplete: (rows) => rows.forEach((row) => print(row.map(canonical))) });
  }
}

// A star stands for any part of a file's name; DuckDB has its own globs, hyparquet has none.
function expand(pattern) {
  const parts = basename(pattern).split('*');
  if (parts.length === 1) return [pattern];
  const quoted = parts.map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  const name = new RegExp(`^${quoted.join('.*')}$`);
  return readdirSync(dirname(pattern)).filter((file) => name.test(file)).sort().map((file) => join(dirname(pattern), file));
}

const [reader, ...rest] = process.argv.slice(2);
const known = { duckdb, hyparquet, 'write-duckdb': writeDuckdb };
if (!known[reader] || rest.length === 0) {
  console.error('usage: node read.mjs duckdb|hyparquet FILE-OR-GLOB | node read.mjs write-duckdb SQL FILE [OPTIONS]');
  process.exit(2);
}
await known[reader](...rest);
flush();
