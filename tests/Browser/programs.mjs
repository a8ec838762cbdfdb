// The published program `sweeps`, as commands that end and as processes that serve.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { environment } from '../Deploy/live-cluster.mjs';
import { PATIENCE } from './waiting.mjs';

const run = promisify(execFile);

// Its exit code, and what it prints and says.
export async function sweeps(...words) {
  try {
    const { stdout, stderr } = await run(process.env.SWEEPS, words, { env: environment(), maxBuffer: 1 << 28 });
    return { code: 0, stdout, stderr };
  } catch (ended) {
    if (typeof ended.code !== 'number') throw ended;
    return { code: ended.code, stdout: ended.stdout, stderr: ended.stderr };
  }
}

// What a command that cannot but succeed prints.
export async function order(...words) {
  const { code, stdout, stderr } = await sweeps(...words);
  if (code > 1) throw new Error(`sweeps ${words.join(' ')}: ${stderr}`);
  return stdout.trim();
}

export const asked = async (...words) => JSON.parse(await order(...words, '--json'));

const serving = new Set();

// Also those of a part that did not come to its end.
export const endAll = () => Promise.all([...serving].map(one => one.kill()));

// A process that prints the URL at which it serves in a line of its own.
export class Serving {
  static async start(...words) {
    const process_ = spawn(process.env.SWEEPS, words, { env: environment(), stdio: ['ignore', 'pipe', 'pipe'] });
    const started = new Serving(process_);
    serving.add(started);
    process_.once('exit', () => serving.delete(started));
    const signal = AbortSignal.timeout(PATIENCE);
    for (const stream of [process_.stdout, process_.stderr]) {
      createInterface({ input: stream }).on('line', line => {
        started.said += `${line}\n`;
        const [url] = /http:\/\/[\d.]+:\d+/.exec(line) ?? [];
        if (url && !started.url) {
          started.url = url;
          process_.emit('served');
        }
      });
    }
    try {
      if (await Promise.race([once(process_, 'served', { signal }).then(() => true), once(process_, 'exit', { signal }).then(() => false)])) return started;
    } catch (error) {
      if (error.name !== 'AbortError') throw error;
      await started.kill();
    }
    throw new Error(`sweeps ${words.join(' ')} serves nothing: ${started.said}`);
  }

  said = '';

  constructor(process_) {
    this.process = process_;
  }

  get port() {
    return new URL(this.url).port;
  }

  end = () => this.#with('SIGINT');

  kill = () => this.#with('SIGKILL');

  async #with(signal) {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const over = once(this.process, 'exit');
    this.process.kill(signal);
    await over;
  }
}

export const dashboard = (...options) => Serving.start('dashboard', '--address', '127.0.0.1:0', ...options);
