// Two real silos on a real PostgreSQL, and a real Prometheus that asks them twice a second: what deploy/local/cluster starts and writes. One
// in a process, in a folder of its own. SWEEPS_SILO and SWEEPS name the published programs sweeps-silo and sweeps.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { LivePrometheus } from './live-prometheus.mjs';

for (const name of ['SWEEPS_SILO', 'SWEEPS']) if (!process.env[name]) throw new Error(`${name} is to name a published program`);

const repository = resolve(import.meta.dirname, '../..');
const scratch = mkdtempSync(join(tmpdir(), 'sweeps-live.'));
const dir = join(scratch, 'cluster');

const sh = script => execFileSync('bash', ['-ec', script], {
  encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], env: process.env,
}).trim();
export const cluster = (...words) => execFileSync(join(repository, 'deploy/local/cluster'), [words[0], '--dir', dir, ...words.slice(1)],
  { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();

let line;
export function up(...options) {
  line = cluster('up', '--silos', '2', '--threads', '1', '--', ...options).split('\n').at(-1);
}

// For programs that ask the database themselves: its address is in a file, for those who may operate.
export const environment = () => {
  const { SWEEPS_SERVER, ...others } = process.env;
  return { ...others, SWEEPS_SERVER_FILE: join(dir, 'secrets/operate') };
};

export const datasetOf = id => join(dir, 'data', id);

// The id of the sweep. With --watch, as soon as it has ended.
export function submit(spec, ...options) {
  const file = join(scratch, 'spec.yaml');
  writeFileSync(file, spec);
  return sh(`${line}; "$SWEEPS" submit "${file}" ${options.join(' ')}`);
}

export const watch = () => LivePrometheus.hurried(cluster('prometheus'), dir);

// Also of one that did not come up.
export function wipe() {
  if (existsSync(join(dir, 'postgres'))) cluster('down', '--wipe');
  rmSync(scratch, { recursive: true, force: true });
}
