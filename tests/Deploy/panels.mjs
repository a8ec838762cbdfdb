// Asks a real Prometheus that scrapes two real silos at work every query of every panel of deploy/grafana/dashboards, until each has been
// answered with a number. Some minutes: the time left is told once a rate is known. So no part of tests/run.
//
//   SWEEPS_SILO=… SWEEPS=… node tests/Deploy/panels.mjs
//
// SWEEPS_SILO and SWEEPS: the published programs sweeps-silo and sweeps.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { check, hasFailed } from './checks.mjs';
import { submit, up, watch, wipe } from './live-cluster.mjs';

const PATIENCE = 240_000;

// Hours of one core, in chunks of a few seconds.
const long = `name: long
experiment: gaussian-mixture
axes: { separation: { from: 0.5, to: 2, count: 100 }, drift: { from: 0, to: 1.5, count: 100 } }
fixed: { dimension: 64, stiffness: 4, samples: 4096, steps: 1000 }
measure: [speciation]
seed: 3
`;
const short = `name: short
experiment: gaussian-mixture
axes: { separation: { from: 0.5, to: 2, count: 2 }, drift: { from: 0, to: 1.5, count: 2 } }
fixed: { dimension: 8, stiffness: 4, samples: 1024, steps: 100 }
measure: [speciation]
seed: 3
`;

const folder = resolve(import.meta.dirname, '../../deploy/grafana/dashboards');
const dashboards = readdirSync(folder).filter(name => name.endsWith('.json')).map(name => JSON.parse(readFileSync(join(folder, name), 'utf8')));
const inside = node => (node.panels ?? []).flatMap(panel => [panel, ...inside(panel)]);
const questions = dashboards.flatMap(dashboard => inside(dashboard).flatMap(panel => (panel.targets ?? []).map(target =>
  ({ dashboard, panel: panel.title, text: target.expr, isInstant: target.instant }))));

// As a user finds them: all, or the first; of sweeps the long one.
async function choose(dashboard, sweep) {
  const chosen = { __rate_interval: '10s', __interval: '1s', __range: '1m', datasource: 'prometheus' };
  for (const { name, query, includeAll, allValue } of dashboard.templating.list.filter(one => one.type === 'query')) {
    const [, selector, label] = /^label_values\((.+), (\w+)\)$/.exec(filled(query.query, chosen));
    const values = await prometheus.ask(`/api/v1/label/${label}/values?match[]=${encodeURIComponent(selector)}`);
    // None yet: a name that nothing has.
    chosen[name] = values.length === 0 ? 'none' : includeAll ? allValue : values.includes(sweep) ? sweep : values[0];
  }
  return chosen;
}

const filled = (text, chosen) => text.replace(/\$(\w+)/g, (_, name) => chosen[name]);

// A panel of one figure shows the last one, a graph all since the run began.
async function isAnswered({ text, isInstant }, chosen, since) {
  const query = `query=${encodeURIComponent(filled(text, chosen))}`;
  const { result } = await prometheus.ask(isInstant ? `/api/v1/query?${query}`
    : `/api/v1/query_range?${query}&start=${since}&end=${Date.now() / 1000}&step=1`);
  return result.some(series => (series.values ?? [series.value]).some(([, value]) => Number.isFinite(Number(value))));
}

let prometheus;
let unanswered = questions;
try {
  // A processor has no memory of its own, and tells none; behind a driver it has.
  up('--device', 'opencl');
  const since = Date.now() / 1000;
  prometheus = await watch();
  const sweep = submit(long);
  for (let round = 0, deadline = Date.now() + PATIENCE; unanswered.length > 0 && Date.now() < deadline; round++, await delay(1000)) {
    // How long work on whole datasets takes is told as a rate: some silo has to do it twice, and to be asked in between.
    if (round % 5 === 0) submit(short);
    const chosen = new Map();
    for (const dashboard of dashboards) chosen.set(dashboard, await choose(dashboard, sweep));
    const answers = await Promise.all(unanswered.map(one => isAnswered(one, chosen.get(one.dashboard), since)));
    unanswered = unanswered.filter((_, index) => !answers[index]);
  }
  for (const dashboard of dashboards)
    check(`Panels: ${dashboard.title}: a real run answers every query`,
      unanswered.filter(one => one.dashboard === dashboard).map(one => `${one.panel}: ${one.text}`));
  check('Panels: in a healthy run no alert fires', [...await prometheus.firing()]);
} finally {
  wipe();
}
if (hasFailed()) process.exitCode = 1;
