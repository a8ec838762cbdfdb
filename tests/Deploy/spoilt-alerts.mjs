// Spoils all alerts in a copy of deploy/prometheus, in two ways, and expects promtool's tests to notice each of them.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { check } from './checks.mjs';

const folder = process.argv[2];
const file = join(folder, 'rules/alerts.yaml');
const rules = parse(readFileSync(file, 'utf8'));
const tests = readdirSync(join(folder, 'tests')).map(name => join(folder, 'tests', name));

const spoilings = {
  'that never fires': rule => ({ ...rule, expr: `(${rule.expr}) and on () vector(1) == 2` }),
  'that never ends': rule => ({ ...rule, expr: `last_over_time((${rule.expr})[3h:1m])` }),
};
for (const [how, spoil] of Object.entries(spoilings)) {
  writeFileSync(file, stringify({ groups: rules.groups.map(group => ({ ...group, rules: group.rules.map(spoil) })) }));
  const said = tests.map(test => spawnSync('promtool', ['test', 'rules', test], { encoding: 'utf8' }))
    .map(({ status, stdout, stderr }) => status === 0 ? '' : stdout + stderr).join('');
  const unnoticed = rules.groups.flatMap(group => group.rules).filter(rule => !said.includes(`alertname: ${rule.alert},`));
  check(`Prometheus: an alert ${how} is noticed`, unnoticed.map(rule => `${rule.alert}: nothing was noticed`));
}
