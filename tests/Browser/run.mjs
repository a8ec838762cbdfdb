// Drives Debian's chromium through a real dashboard over two real silos at work: steers a sweep, makes mistakes, goes without script and
// without mouse, kills the dashboard, signs in, takes pictures of every page. Some minutes; no part of tests/run.
//
//   SWEEPS_SILO=… SWEEPS=… node tests/Browser/run.mjs [--results DIR] [PART…]
//
// SWEEPS_SILO and SWEEPS: the published programs sweeps-silo and sweeps. CHROMIUM: another program than `chromium`. Pictures and
// axe-core's findings lie in DIR (runs/browser). Exit code 1 if a check has failed.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { check, hasFailed } from '../Deploy/checks.mjs';
import { up, wipe } from '../Deploy/live-cluster.mjs';
import { Browser } from './browser.mjs';
import { access } from './parts/access.mjs';
import { away } from './parts/away.mjs';
import { downloads } from './parts/downloads.mjs';
import { failures } from './parts/failures.mjs';
import { keyboard } from './parts/keyboard.mjs';
import { local } from './parts/local.mjs';
import { looks } from './parts/looks.mjs';
import { mistakes } from './parts/mistakes.mjs';
import { scriptless } from './parts/scriptless.mjs';
import { steering } from './parts/steering.mjs';
import { dashboard as serve, endAll, order } from './programs.mjs';
import { failing, quick } from './specs.mjs';

const parts = { steering, mistakes, failures, downloads, scriptless, keyboard, away, access, looks, local };

const words = process.argv.slice(2);
const at = words.indexOf('--results');
const results = resolve(at < 0 ? 'runs/browser' : words.splice(at, 2)[1]);
const unknown = words.filter(word => !parts[word]);
if (unknown.length > 0) {
  console.error(`run.mjs: there is no part ${unknown.join(', ')}, only ${Object.keys(parts).join(', ')}`);
  process.exit(2);
}

mkdirSync(results, { recursive: true });
const scratch = mkdtempSync(join(tmpdir(), 'sweeps-browser.'));
// The id of the sweep; with --watch, as soon as it has ended.
async function submit(spec, ...options) {
  const file = join(scratch, 'spec.yaml');
  writeFileSync(file, spec);
  return order('submit', file, ...options);
}

// Whoever interrupts it leaves nothing behind.
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => {
    endAll();
    wipe();
    process.exit(130);
  });

let browser;
try {
  up();
  const [finished, failed] = [await submit(quick), await submit(failing)];
  await Promise.all([finished, failed].map(id => order('watch', id)));
  const dashboard = await serve();
  browser = await Browser.launch(results);
  for (const name of words.length > 0 ? words : Object.keys(parts)) {
    try {
      await parts[name]({ browser, dashboard, finished, failed, submit });
    } catch (error) {
      check(`${name}: to its end`, [error.stack]);
    }
  }
} finally {
  await browser?.close();
  await endAll();
  wipe();
  rmSync(scratch, { recursive: true, force: true });
}
if (hasFailed()) process.exitCode = 1;
