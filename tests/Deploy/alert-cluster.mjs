// The cluster that alerts.mjs breaks: deploy/local/cluster's, with its data on a small file system, and slow or deadly native code at hand.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

// Room that no alert minds; it is bounded, not taken.
export const ROOM = '16g';

export class Cluster {
  #watching = true;
  #keeping = [];
  #services = new Map();

  constructor(repository, scratch) {
    Object.assign(this, { repository, scratch, dir: join(scratch, 'cluster') });
    this.data = join(this.dir, 'data');
    this.control = join(scratch, 'control');
    mkdirSync(this.control);
    mkdirSync(this.data, { recursive: true });
  }

  sh(script, env = {}) {
    return execFileSync('bash', ['-ec', script], {
      encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, dir: this.dir, data: this.data, ...env },
    }).trim();
  }

  local(...words) {
    return execFileSync(join(this.repository, 'deploy/local/cluster'), [words[0], '--dir', this.dir, ...words.slice(1)], {
      encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, SWEEPS_SILO: this.program },
    }).trim();
  }

  up() {
    const publish = (project, name) => {
      const folder = join(this.scratch, name);
      console.error(`building ${name}`);
      execFileSync('dotnet', ['publish', join(this.repository, project), '-c', 'Release', '-o', folder, '--nologo', '-v', 'quiet'],
        { stdio: ['ignore', 'ignore', 'inherit'] });
      return join(folder, name);
    };
    const silo = process.env.SWEEPS_SILO ?? publish('Silo', 'sweeps-silo');
    this.sweeps = process.env.SWEEPS ?? publish('Client', 'sweeps');
    const library = join(this.scratch, 'faults.so');
    execFileSync('cc', ['-shared', '-fPIC', '-O1', `-DCONTROL="${this.control}"`, '-o', library, join(import.meta.dirname, 'alert-faults.c'), '-ldl']);
    this.program = join(this.scratch, 'sweeps-silo-with-faults');
    writeFileSync(this.program, `#!/bin/sh\nexec env LD_PRELOAD=${library} DOTNET_DbgEnableMiniDump=0 ${silo} "$@"\n`, { mode: 0o755 });

    this.sh(`mount -t tmpfs -o size=${ROOM},mode=755 sweeps "$data"`);
    this.operate = this.local('up', '--silos', '2', '--threads', '1', '--', '--device', 'cpu', '--lost-after', '2').split('\n').at(-1);
    // Hours of one core.
    this.base = this.submit('alerts', 'separation: { from: 0.5, to: 2, count: 100 }, drift: { from: 0, to: 1.5, count: 100 }',
      'dimension: 64, stiffness: 4, samples: 4096, steps: 1000', '--priority', '-10');
  }

  async down() {
    this.#watching = false;
    await Promise.all(this.#keeping);
    for (const service of this.#services.values()) service.kill();
    for (const number of this.numbers()) this.signal(number, 'SIGCONT');
    rmSync(this.control, { recursive: true, force: true });
    mkdirSync(this.control);
    try {
      this.local('down');
    } finally {
      this.sh('umount -l "$data"');
      this.local('down', '--wipe');
      rmSync(this.scratch, { recursive: true, force: true });
    }
  }

  // --- silos

  numbers() {
    return existsSync(join(this.dir, 'silos')) ? readdirSync(join(this.dir, 'silos')).map(Number).sort() : [];
  }

  process(number) {
    return Number(readFileSync(join(this.dir, 'silos', String(number)), 'utf8').split(' ')[0]);
  }

  runs(number) {
    try {
      return !/^State:\s+Z/m.test(readFileSync(`/proc/${this.process(number)}/status`, 'utf8'));
    } catch {
      return false;
    }
  }

  signal(number, signal) {
    if (this.runs(number)) process.kill(this.process(number), signal);
  }

  // Again under the same number and address, as a service manager does.
  start(number) {
    const file = join(this.dir, 'silos', String(number)), port = readFileSync(file, 'utf8').trim().split('\n')[1];
    const log = openSync(join(this.dir, 'logs', `silo-${number}.log`), 'a');
    const silo = spawn(this.program, ['run', '--data', this.data, '--threads', '1', '--health', `127.0.0.1:${port}`, '--device', 'cpu', '--lost-after', '2'],
      { detached: true, stdio: ['ignore', log, log], env: { ...process.env, SWEEPS_SERVER_FILE: join(this.dir, 'secrets/work'), SWEEPS_SILO: '', SWEEPS: '' } });
    silo.unref();
    const started = readFileSync(`/proc/${silo.pid}/stat`, 'utf8').split(') ').at(-1).split(' ')[19];
    writeFileSync(file, `${silo.pid} ${started}\n${port}\n`);
  }

  // Does something again and again, until it is told to cease.
  repeat(act) {
    let goesOn = true;
    const round = (async () => {
      while (goesOn && this.#watching) await act();
    })();
    this.#keeping.push(round);
    return async () => {
      goesOn = false;
      await round;
    };
  }

  // Silos that have died are started again.
  keep() {
    return this.repeat(async () => {
      for (const number of this.numbers()) if (!this.runs(number)) this.start(number);
      await delay(500);
    });
  }

  // --- sweeps

  submit(name, axes, fixed, ...options) {
    const spec = join(this.scratch, `${name}.yaml`);
    writeFileSync(spec, `name: ${name}\nexperiment: gaussian-mixture\naxes: { ${axes} }\nfixed: { ${fixed} }\nmeasure: [speciation]\nseed: 3\n`);
    return this.ask('submit', spec, ...options);
  }

  ask(...words) {
    return this.sh(`${this.operate}; "$sweeps" "\${words[@]}"`.replace('"${words[@]}"', words.map(word => `'${word}'`).join(' ')), { sweeps: this.sweeps });
  }

  // --- the database

  administer(sql) {
    return this.sh('PGPASSFILE=$dir/secrets/pgpass psql -XqAt -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$(cat "$dir/port")" -U postgres -d sweeps -c "$sql"', { sql });
  }

  // --- the data folder

  resize(room) {
    this.sh(`mount -o remount,size=${room} "$data"`);
  }

  // --- native code: files in a folder say what it does

  order(word, value = '') {
    writeFileSync(join(this.control, word), value);
  }

  countermand(word) {
    rmSync(join(this.control, word), { force: true });
  }
}
