// Causes faults in a real cluster under a real Prometheus, and waits for their alerts to fire, and to clear when the fault is over.
// All durations of the rules are shorter by FACTOR (faster-rules.mjs). Minutes, so no part of tests/run.
//
//   SWEEPS_SILO=… SWEEPS=… node tests/Deploy/alerts.mjs [silo] [database] [stopped] [full]
//
// SWEEPS_SILO and SWEEPS: the published programs sweeps-silo and sweeps. Without names of faults: all. 'full' mounts a file system: root's.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { check } from './checks.mjs';
import { faster } from './faster-rules.mjs';
import { cluster, data, dir, firing, processes, sh, submit, up, watch, wipe } from './live-cluster.mjs';

const FACTOR = 20, PATIENCE = 180_000;
const administer = sql => sh(`PGPASSFILE=$dir/secrets/pgpass psql -XqAt -h 127.0.0.1 -p "$(cat "$dir/port")" -U postgres -d sweeps -c "${sql}"`);

const faults = {
  // The runbook's way out: what is to stay away is taken from the targets.
  silo: {
    alerts: ['SweepsSiloLost', 'SweepsTargetDown'],
    begin: () => process.kill(processes()[1], 'SIGKILL'),
    end: () => {
      const file = join(dir, 'prometheus/targets/silos.json');
      writeFileSync(file, JSON.stringify(JSON.parse(readFileSync(file, 'utf8')).slice(0, 1)));
      rmSync(join(dir, 'silos/2'));
    },
  },
  // As far as silos can see, it is away.
  database: {
    alerts: ['SweepsDatabaseAway', 'SweepsNobodyKeepsHouse'],
    begin: () => administer("alter role sweeps_work nologin; select pg_terminate_backend(pid) from pg_stat_activity where usename = 'sweeps_work'"),
    end: () => administer('alter role sweeps_work login'),
  },
  stopped: {
    alerts: ['SweepsAllSilosGone', 'SweepsTargetDown'],
    begin: () => processes().forEach(silo => process.kill(silo, 'SIGSTOP')),
    end: () => processes().forEach(silo => process.kill(silo, 'SIGCONT')),
  },
  full: {
    alerts: ['SweepsDataErrors'],
    begin: () => sh('head -c 1G /dev/zero >"$data/filler" || true'),
    end: () => rmSync(join(data, 'filler')),
  },
};

const chosen = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(faults);
for (const name of chosen) if (!faults[name]) throw new Error(`there is no fault '${name}': ${Object.keys(faults).join(', ')}`);

async function until(isSo) {
  for (const deadline = Date.now() + PATIENCE; Date.now() < deadline; await delay(200)) if (isSo(await firing())) return [];
  return [`after ${PATIENCE / 1000} s, these fire: ${await firing()}`];
}

try {
  if (chosen.includes('full')) sh('mkdir -p "$data"; mount -t tmpfs -o size=64m,mode=755 sweeps "$data"');
  up('--lost-after', '2');
  // Hours of one core.
  submit(`name: alerts
experiment: gaussian-mixture
axes: { separation: { from: 0.5, to: 2, count: 100 }, drift: { from: 0, to: 1.5, count: 100 } }
fixed: { dimension: 64, stiffness: 4, samples: 4096, steps: 1000 }
measure: [speciation]
seed: 3
`);
  await watch(rules => faster(rules, FACTOR));

  const ours = new Set(Object.values(faults).flatMap(fault => fault.alerts));
  for (const name of chosen) {
    const { alerts, begin, end } = faults[name];
    check(`Alerts: before the fault '${name}' none of its alerts fires`, await until(now => !now.some(alert => ours.has(alert))));
    begin();
    try {
      for (const alert of alerts) check(`Alerts: ${name}: ${alert} fires`, await until(now => now.includes(alert)));
    } finally {
      end();
    }
    for (const alert of alerts) check(`Alerts: ${name}: ${alert} clears`, await until(now => !now.includes(alert)));
  }
} finally {
  for (const silo of processes()) try { process.kill(silo, 'SIGCONT'); } catch { /* it is gone */ }
  cluster('down');
  if (chosen.includes('full')) sh('umount -l "$data"');
  wipe();
}
