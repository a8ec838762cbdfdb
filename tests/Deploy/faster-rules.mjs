// Prints a file of rules whose every duration is shorter by a factor, so that a test can cause a fault for real, see its alert fire and
// clear, and need not wait for minutes: `node faster-rules.mjs rules/alerts.yaml 30`. Thresholds stay, but for an age's, and so do names and
// sentences.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parse, stringify } from 'yaml';

const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
// Prometheus takes whole milliseconds; a window of nothing is none.
const shorter = (duration, factor) => `${Math.max(1, Math.round([...duration.matchAll(/(\d+)(ms|[smhd])/g)]
  .reduce((sum, [, count, unit]) => sum + count * units[unit], 0) / factor))}ms`;

export function faster(text, factor) {
  const query = expr => expr.replace(/(?<=\[)[\da-z]+(?=\])|(?<=\boffset )[\da-z]+/g, duration => shorter(duration, factor))
    // How old a lease is, in seconds.
    .replace(/(?<=_age:max > )\d+/g, age => `${age} / ${factor}`)
    // predict_linear(series[1h], 4 * 3600): how far ahead, in seconds.
    .replace(/(?<=predict_linear\([^,]*, )([\d *]+)(?=\))/g, ahead => `${ahead} / ${factor}`);
  const rules = parse(text);
  for (const group of rules.groups) {
    for (const rule of group.rules) {
      rule.expr = query(rule.expr);
      if (rule.for) rule.for = shorter(rule.for, factor);
    }
  }
  return stringify(rules);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [file, factor] = process.argv.slice(2);
  if (!file || !(Number(factor) >= 1)) {
    console.error('faster-rules.mjs FILE FACTOR: a file of rules, and a number from 1 on');
    process.exit(2);
  }
  console.log(faster(readFileSync(file, 'utf8'), Number(factor)));
}
