// Spoils one alert after the other in a copy of deploy/prometheus, in three ways, and expects promtool's tests to notice each time.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseDocument } from 'yaml';
import { check } from './checks.mjs';

const folder = process.argv[2];
const file = join(folder, 'rules/alerts.yaml');
const text = readFileSync(file, 'utf8');
const tests = readdirSync(join(folder, 'tests')).map(name => join(folder, 'tests', name));
const alerts = parse(text).groups.flatMap((group, g) => group.rules.map((rule, r) => ({ path: ['groups', g, 'rules', r], rule })));

const spoilings = {
  'that never fires': rule => ({ ...rule, expr: `(${rule.expr}) and on () vector(1) == 2` }),
  'that never ends': rule => ({ ...rule, expr: `last_over_time((${rule.expr})[3d:1m])`, for: '0s' }),
  'that waits for hours': rule => ({ ...rule, for: '6h' }),
};
for (const [how, spoil] of Object.entries(spoilings)) {
  const unnoticed = alerts.filter(({ path, rule }) => {
    const document = parseDocument(text);
    document.setIn(path, spoil(rule));
    writeFileSync(file, document.toString());
    // Only the file that tests it.
    const own = tests.find(test => readFileSync(test, 'utf8').includes(`alertname: ${rule.alert}\n`));
    const { status, stdout, stderr } = spawnSync('promtool', ['test', 'rules', own], { encoding: 'utf8' });
    return status === 0 || !`${stdout}${stderr}`.includes(`alertname: ${rule.alert},`);
  });
  check(`Prometheus: an alert ${how} is noticed`, unnoticed.map(({ rule }) => `${rule.alert}: nothing was noticed`));
}
writeFileSync(file, text);
