// Writes and reads Parquet by DuckDB, the peer of Sweeps' writer and reader. Serves jobs as JSON lines, as serving.py does.
//   node parquet.mjs FOLDER-OF-TESTS-READERS THREADS
// DuckDB comes from tests/Readers, where it is pinned: npm ci there first.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const [readers, threads] = process.argv.slice(2);
let connection, columns;

async function connect() {
  let module;
  try {
    module = createRequire(join(readers, 'package.json')).resolve('@duckdb/node-api');
  } catch {
    throw new Error(`no DuckDB in ${readers}: run npm ci there`);
  }
  const { DuckDBInstance } = await import(pathToFileURL(module));
  connection = await (await DuckDBInstance.create(':memory:', { threads })).connect();
}

const quoted = (path) => `'${path.replaceAll("'", "''")}'`;
const rows = async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJS();
const timed = async (sql) => {
  const start = process.hrtime.bigint();
  const result = await connection.runAndReadAll(sql);
  return { seconds: Number(process.hrtime.bigint() - start) / 1e9, result };
};

// Exact whatever the order of summation: whole numbers as they are, doubles as multiples of 2^-20, words by the numbers of their bytes.
const sumOf = ({ column_name: name, column_type: type }) => type === 'VARCHAR'
  ? `sum(strlen(${name}) * 1000 + ascii(${name}))`
  : type === 'DOUBLE' ? `sum(floor(${name} * 1048576)::BIGINT)` : `sum(${name})`;

const jobs = {
  // Takes the rows into DuckDB's own memory, so that writing starts from there.
  async load({ file }) {
    if (!connection) await connect();
    await connection.run(`CREATE OR REPLACE TABLE sample AS SELECT * FROM read_parquet(${quoted(file)})`);
    columns = await rows('DESCRIBE sample');
    const [{ version }] = await rows('SELECT version() AS version');
    return { duckdb: version, node: process.version, threads };
  },
  async write({ file, codec }) {
    return { seconds: (await timed(`COPY sample TO ${quoted(file)} (FORMAT parquet, CODEC ${codec})`)).seconds };
  },
  // Every value of every column decoded and added up; nothing kept.
  async scan({ file }) {
    const { seconds, result } = await timed(`SELECT count(*), ${columns.map(sumOf).join(', ')} FROM read_parquet(${quoted(file)})`);
    return { seconds, sums: result.getRows()[0].map(String) };
  },
  // Every value kept in memory, as a program that works on the rows would have it.
  async read({ file }) {
    await connection.run('DROP TABLE IF EXISTS copy');
    return { seconds: (await timed(`CREATE TEMP TABLE copy AS SELECT * FROM read_parquet(${quoted(file)})`)).seconds };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  let reply;
  try {
    reply = await jobs[request.job](request);
  } catch (cause) {
    reply = { error: cause.message };
  }
  process.stdout.write(JSON.stringify(reply) + '\n');
}
