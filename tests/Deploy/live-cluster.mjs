// Two real silos on a real PostgreSQL, and a real Prometheus that asks them twice a second: what deploy/local/cluster starts and writes. One
// in a process, in a folder of its own. SWEEPS_SILO and SWEEPS name the published programs sweeps-silo and sweeps.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

for (const name of ['SWEEPS_SILO', 'SWEEPS']) if (!process.env[name]) throw new Error(`${name} is to name a published program`);

const repository = resolve(import.meta.dirname, '../..');
const scratch = mkdtempSync(join(tmpdir(), 'sweeps-live.'));
export const dir = join(scratch, 'cluster'), data = join(dir, 'data');

export const sh = script => execFileSync('bash', ['-ec', script], {
  encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, dir, data, repository },
}).trim();
export const cluster = (...words) => execFileSync(join(repository, 'deploy/local/cluster'), [words[0], '--dir', dir, ...words.slice(1)],
  { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
export const processes = () => readdirSync(join(dir, 'silos')).map(name => Number(readFileSync(join(dir, 'silos', name), 'utf8').split(' ')[0]));

let line, page;
export function up(...siloOptions) {
  line = cluster('up', '--silos', '2', '--threads', '1', '--', ...siloOptions).split('\n').at(-1);
}

// The id of the sweep. With --watch, as soon as it has ended.
export function submit(spec, ...options) {
  const file = join(scratch, 'spec.yaml');
  writeFileSync(file, spec);
  return sh(`${line}; "$SWEEPS" submit "${file}" ${options.join(' ')}`);
}

export async function watch(change = rules => rules) {
  page = cluster('prometheus');
  const folder = join(dir, 'prometheus');
  const rewrite = (file, how) => writeFileSync(join(folder, file), how(readFileSync(join(folder, file), 'utf8')));
  for (const name of ['recording', 'alerts']) rewrite(`rules/${name}.yaml`, change);
  rewrite('prometheus.yml', text => text.replaceAll(/_interval: 15s/g, '_interval: 500ms').replace('timeout: 10s', 'timeout: 500ms'));
  await ask('/-/reload', 'POST');
}

// What Prometheus answers; undefined where it says no more than that it did as told.
export async function ask(path, method = 'GET') {
  const answer = await fetch(page + path, { method });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
  return text ? JSON.parse(text).data : undefined;
}

export const firing = async () => (await ask('/api/v1/alerts')).alerts
  .filter(alert => alert.state === 'firing').map(alert => alert.labels.alertname);

// Also of one that did not come up.
export function wipe() {
  if (existsSync(join(dir, 'postgres'))) cluster('down', '--wipe');
  rmSync(scratch, { recursive: true, force: true });
}
