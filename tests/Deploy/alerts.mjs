// Causes faults in a real cluster under a real Prometheus, and waits for their alerts to fire, and to clear when the fault is over.
// All durations of the rules are shorter by FACTOR (faster-rules.mjs). Builds what it runs; needs root, for a file system of its own.
// Some 40 minutes, so no part of tests/run; tests/Deploy/alerts installs what it needs and starts it.
//
//   tests/Deploy/alerts [FAULT…]
//
// Without names of faults: all. SWEEPS_SILO and SWEEPS name published programs sweeps-silo and sweeps to run instead of building them.
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { check, hasFailed } from './checks.mjs';
import { Cluster } from './alert-cluster.mjs';
import { faultsOf } from './alert-faults.mjs';
import { faster } from './faster-rules.mjs';
import { LivePrometheus } from './live-prometheus.mjs';

const FACTOR = 20, PATIENCE = 420_000;
const repository = resolve(import.meta.dirname, '../..');
const scratch = mkdtempSync(join(tmpdir(), 'sweeps-alerts.'));
const cluster = new Cluster(repository, scratch);
const faults = faultsOf(cluster);
const rules = readFileSync(join(repository, 'deploy/prometheus/rules/alerts.yaml'), 'utf8').match(/(?<=alert: )\w+/g);

const chosen = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(faults);
for (const name of chosen) if (!faults[name]) throw new Error(`there is no fault '${name}': ${Object.keys(faults).join(', ')}`);

if (process.getuid() !== 0) throw new Error('the data folder gets a file system of its own, which only root can mount');

let prometheus;

// Told to end, it takes down what it has put up.
let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => interrupted = true);

// Seconds until each of them fires, or each has ceased; those that did not in time are not in it.
async function until(alerts, isToFire) {
  const since = Date.now(), seen = new Map();
  while (seen.size < alerts.length && Date.now() - since < PATIENCE) {
    await delay(200);
    if (interrupted) throw new Error('interrupted');
    const now = await prometheus.firing();
    for (const alert of alerts) if (now.has(alert) === isToFire && !seen.has(alert)) seen.set(alert, Math.round((Date.now() - since) / 1000));
  }
  return seen;
}

const table = [];
try {
  cluster.up();
  prometheus = await LivePrometheus.hurried(cluster.local('prometheus'), cluster.dir, text => faster(text, FACTOR));

  for (const name of chosen) {
    const { alerts, begin, end } = faults[name];
    const quiet = await until(alerts, false);
    check(`Alerts: before the fault '${name}' none of its alerts fires`, alerts.filter(alert => !quiet.has(alert)));
    let fired;
    try {
      await begin();
      fired = await until(alerts, true);
    } finally {
      await end();
    }
    const cleared = await until(alerts, false);
    for (const alert of alerts) {
      const row = { alert, fault: name, fired: fired.get(alert), cleared: fired.has(alert) ? cleared.get(alert) : undefined };
      table.push(row);
      check(`Alerts: ${name}: ${alert} fires and clears`, row.cleared === undefined
        ? [`${row.fired === undefined ? 'it does not fire' : 'it goes on'}; these fire: ${[...await prometheus.firing()].join(', ')}`] : []);
    }
  }
} finally {
  await cluster.down();
}

const seconds = value => value === undefined ? 'never' : `${value} s`;
console.log(`\nDurations of the rules are divided by ${FACTOR}.`);
console.log(`${'alert'.padEnd(28)}${'fault'.padEnd(14)}${'fired after'.padStart(12)}${'cleared after'.padStart(15)}`);
for (const { alert, fault, fired, cleared } of table)
  console.log(`${alert.padEnd(28)}${fault.padEnd(14)}${seconds(fired).padStart(12)}${seconds(cleared).padStart(15)}`);
const seen = new Set(table.filter(row => row.cleared !== undefined).map(row => row.alert));
console.log(`${seen.size} of ${rules.length} alerts fired and cleared; not: ${rules.filter(alert => !seen.has(alert)).join(', ') || 'none'}`);
const isAll = chosen.length === Object.keys(faults).length;
if (hasFailed() || isAll && seen.size < rules.length) process.exitCode = 1;
