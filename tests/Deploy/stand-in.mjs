#!/usr/bin/env node
// Takes the part of sweeps-silo, and of the client's dashboard, in tests of what starts and stops them: the same commands, flags, environment, health page and signals, and
// no work. It logs in to a PostgreSQL server if there is a URL of one.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';

const [command, rest] = process.argv[2]?.startsWith('-') ? ['run', process.argv.slice(2)] : [process.argv[2] ?? 'run', process.argv.slice(3)];
const { values: flags } = parseArgs({
  args: rest,
  options: Object.fromEntries(['server', 'data', 'device', 'threads', 'grace', 'lost-after', 'health', 'idle-exit', 'settings', 'log', 'address']
    .map(name => [name, { type: 'string' }])),
});
const file = process.env.SWEEPS_SERVER_FILE;
const server = flags.server ?? process.env.SWEEPS_SERVER ?? (file && readFileSync(file, 'utf8').trim());
const say = text => process.stderr.write(`stand-in ${process.pid}: ${text}\n`);

function ask(sql) {
  const answer = spawnSync('psql', ['-XqAt', '-v', 'ON_ERROR_STOP=1', '-d', server, '-c', sql], { encoding: 'utf8' });
  if (answer.status !== 0) {
    say(answer.stderr || String(answer.error));
    process.exit(3);
  }
  return answer.stdout.trim();
}

if (!server) {
  say('no server: --server, SWEEPS_SERVER or SWEEPS_SERVER_FILE');
  process.exit(2);
}
if (command === 'migrate') {
  ask('CREATE TABLE IF NOT EXISTS sweeps.stand_in (id int); GRANT SELECT, INSERT ON sweeps.stand_in TO sweeps_work');
} else if (command === 'run') {
  if (server.startsWith('postgresql:')) ask('INSERT INTO sweeps.stand_in VALUES (1)');
  if (process.env.STAND_IN_FAILS) process.exit(3);
  say(`ready: host ${process.env.SLURMD_NODENAME ?? ''}, threads ${flags.threads ?? process.env.SWEEPS_THREADS}, data ${flags.data ?? process.env.SWEEPS_DATA}`);
  const health = flags.health ?? process.env.SWEEPS_HEALTH;
  const page = createServer((request, response) => response.writeHead(/^\/health\/(live|ready)$/.test(request.url) ? 200 : 404).end());
  if (health) page.listen(Number(health.split(':').at(-1)), '127.0.0.1');
  const idle = flags['idle-exit'] ?? process.env.SWEEPS_IDLE_EXIT;
  const end = setTimeout(() => process.exit(0), (idle ?? 3600) * 1000);
  let heard = 0;
  process.on('SIGTERM', () => {
    say(`SIGTERM ${++heard}`);
    if (heard > 1) process.exit(130); // as the silo does: whoever asks twice does not want to wait
    clearTimeout(end);
    setTimeout(() => {
      say('drained');
      process.exit(0);
    }, (process.env.STAND_IN_DRAINS ?? 0) * 1000);
  });
} else if (command === 'dashboard') {
  if (process.env.STAND_IN_FAILS) process.exit(3);
  say(`user ${ask('SELECT current_user')}, data ${flags.data}`);
  createServer((request, response) => response.writeHead(request.url === '/health/live' ? 200 : 404).end())
    .listen(Number(flags.address.split(':').at(-1)), '127.0.0.1');
  process.on('SIGTERM', () => process.exit(130)); // as the client does
} else {
  say(`there is no command '${command}'`);
  process.exit(2);
}
