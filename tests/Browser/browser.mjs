// Debian's chromium, and what goes wrong in it that nobody would see: errors in the console, refused scripts and styles, faults of the
// server, other hosts that are asked.
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { check } from '../Deploy/checks.mjs';
import { PATIENCE } from './waiting.mjs';

export const DESK = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };

export class Browser {
  static async launch(results) {
    const executablePath = execFileSync('sh', ['-c', 'command -v "${CHROMIUM:-chromium}"'], { encoding: 'utf8' }).trim();
    const program = await chromium.launch({ executablePath, handleSIGINT: false, handleSIGTERM: false, args: process.getuid() === 0 ? ['--no-sandbox'] : [] });
    return new Browser(program, results);
  }

  constructor(program, results) {
    this.program = program;
    this.results = results;
  }

  // A visitor of his own: nothing is shared with others, cookies neither.
  async visitor(options = {}) {
    const context = await this.program.newContext({ viewport: DESK, reducedMotion: 'reduce', ...options });
    context.setDefaultTimeout(PATIENCE);
    return new Visitor(context, await context.newPage(), this.results);
  }

  close = () => this.program.close();
}

export class Visitor {
  complaints = [];
  #forgiven = [];

  constructor(context, page, results) {
    this.context = context;
    this.page = page;
    this.results = results;
    page.on('console', message => {
      if (message.type() === 'error') this.#complain(`console: ${message.text()} (${message.location().url})`);
    });
    page.on('pageerror', error => this.#complain(`script: ${error.message}`));
    page.on('response', answer => {
      if (answer.status() >= 500) this.#complain(`${answer.status()} from ${answer.url()}`);
    });
    page.on('request', request => {
      const { protocol, hostname } = new URL(request.url());
      if (protocol.startsWith('http') && hostname !== '127.0.0.1') this.#complain(`asks ${request.url()}`);
    });
  }

  // What is wanted to go wrong: the page that refuses is not the fault.
  forgive(...patterns) {
    this.#forgiven.push(...patterns);
  }

  // One line for all that was noticed meanwhile.
  judge(name) {
    check(`${name}: no error in the console, nothing refused by the content policy, no other host`, [...new Set(this.complaints)]);
    return this.context.close();
  }

  async picture(name) {
    const folder = join(this.results, 'screens');
    mkdirSync(folder, { recursive: true });
    await this.page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
  }

  // A check of one thing that a user does: `act` answers with mistakes, or none. What it cannot do is a mistake, too, with a picture of it.
  async does(name, act) {
    try {
      check(name, await act(this.page) ?? []);
    } catch (error) {
      check(name, [error.message.split('\nCall log')[0].replaceAll('\n', ' ')]);
      await this.picture(`FAILED ${name.replaceAll(/[^\w ]/g, '').slice(0, 60)}`).catch(() => {});
    }
  }

  #complain(sentence) {
    if (!this.#forgiven.some(pattern => pattern.test(sentence))) this.complaints.push(sentence);
  }
}

// Mistakes of a comparison, for checks to list.
export const unless = (isRight, ...sentences) => (isRight ? [] : sentences);
