// The cluster that alerts.mjs breaks: deploy/local/cluster's, with its data on a small file system, and slow or deadly native code at hand.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, openSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

// Seconds of silence. Less, and a machine that stands still for a moment loses all silos at once; whose lane is in a fault's hands just then, ends.
export const LOST_AFTER = 5;

// Room that no alert minds; it is bounded, not taken.
export const ROOM = '16g';

export class Cluster {
  #watching = true;
  #keeping = [];

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
    const library = name => {
      const built = join(this.scratch, `${name}.so`);
      execFileSync('cc', ['-shared', '-fPIC', '-O2', `-DCONTROL="${this.control}"`, '-o', built, join(import.meta.dirname, `${name}.c`), '-ldl']);
      return built;
    };
    this.driver = library('alert-driver');
    this.program = join(this.scratch, 'sweeps-silo-with-faults');
    writeFileSync(this.program, `#!/bin/sh
exec env LD_PRELOAD="${library('alert-faults')}\${MORE_FAULTS:+:$MORE_FAULTS}" DOTNET_DbgEnableMiniDump=0 ${silo} "$@"
`, { mode: 0o755 });

    this.sh(`mount -t tmpfs -o size=${ROOM},mode=755 sweeps "$data"`);
    this.operate = this.local('up', '--silos', '2', '--threads', '1', '--', '--device', 'cpu', '--lost-after', String(LOST_AFTER)).split('\n').at(-1);
    // Hours of one core.
    this.base = this.submit('alerts', 'separation: { from: 0.5, to: 2, count: 100 }, drift: { from: 0, to: 1.5, count: 100 }',
      'dimension: 64, stiffness: 4, samples: 4096, steps: 1000', '--priority', '-10');
  }

  async down() {
    this.#watching = false;
    await Promise.all(this.#keeping);
    for (const number of this.numbers()) this.signal(number, 'SIGCONT');
    for (const word of readdirSync(this.control)) this.countermand(word);
    // Of what did not come up, as much is taken down as there is.
    const steps = [() => this.local('down'), () => this.sh('! mountpoint -q "$data" || umount -l "$data"'), () => this.local('down', '--wipe')];
    for (const step of steps) {
      try {
        step();
      } catch (fault) {
        console.error(fault.stderr || fault.message);
      }
    }
    rmSync(this.scratch, { recursive: true, force: true });
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

  port(number) {
    return readFileSync(join(this.dir, 'silos', String(number)), 'utf8').trim().split('\n')[1];
  }

  // Again under the same number and address, as a service manager does.
  start(number, port = this.port(number), device = 'cpu', env = {}) {
    const log = openSync(join(this.dir, 'logs', `silo-${number}.log`), 'a');
    const options = { data: this.data, threads: 1, health: `127.0.0.1:${port}`, device, 'lost-after': LOST_AFTER };
    const words = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
    const silo = spawn(this.program, ['run', ...words], {
      detached: true, stdio: ['ignore', log, log], env: { ...process.env, SWEEPS_SERVER_FILE: join(this.dir, 'secrets/work'), ...env },
    });
    silo.unref();
    const started = readFileSync(`/proc/${silo.pid}/stat`, 'utf8').split(') ').at(-1).split(' ')[19];
    writeFileSync(join(this.dir, 'silos', String(number)), `${silo.pid} ${started}\n${port}\n`);
  }

  // A third silo, on two devices: PoCL's two ways to use the processor.
  async startOnDevices() {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address();
    server.close();
    await once(server, 'close');
    this.start(3, port, 'opencl', { MORE_FAULTS: this.driver, POCL_DEVICES: 'basic pthread' });
    this.#target();
    // It checks its devices first, and PoCL compiles for both.
    for (let isReady = false; !isReady; await delay(200)) {
      if (!this.runs(3)) throw new Error(`the silo on devices does not start: ${this.sh('tail -n 3 "$dir/logs/silo-3.log"')}`);
      isReady = await fetch(`http://127.0.0.1:${port}/health/ready`).then(answer => answer.ok, () => false);
    }
  }

  async endOnDevices() {
    this.signal(3, 'SIGTERM');
    while (this.runs(3)) await delay(200);
    rmSync(join(this.dir, 'silos/3'), { force: true });
    this.#target();
  }

  #target() {
    const targets = this.numbers().map(number => ({ targets: [`127.0.0.1:${this.port(number)}`], labels: { silo: String(number) } }));
    const folder = join(this.dir, 'prometheus/targets');
    writeFileSync(join(folder, 'new'), JSON.stringify(targets));
    renameSync(join(folder, 'new'), join(folder, 'silos.json'));
  }

  // Does something again and again, until it is told to cease.
  repeat(act) {
    let goesOn = true;
    const rounds = async () => {
      while (goesOn && this.#watching) await act();
    };
    // What it cannot do for once is no reason to leave the cluster behind; the alert will be missed.
    const round = rounds().catch(fault => console.error(fault.stderr || fault.message));
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
    return this.sh(`${this.operate}; "$sweeps" ${words.map(word => `'${word}'`).join(' ')}`, { sweeps: this.sweeps });
  }

  // Ends it, if it has not come to its end already.
  cancel(sweep) {
    try {
      this.ask('cancel', sweep);
    } catch (refused) {
      if (this.ask('list').includes(sweep)) throw refused;
    }
  }

  // --- the database

  administer(sql) {
    const psql = 'psql -XqAt -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$(cat "$dir/port")" -U postgres -d sweeps -c "$sql"';
    return this.sh(`PGPASSFILE=$dir/secrets/pgpass ${psql}`, { sql });
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
