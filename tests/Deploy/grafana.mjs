// Checks deploy/grafana's dashboards against the types that Grafana publishes, by TypeScript's own compiler: unknown fields, missing ones, words
// that an option does not know. Where the types have an enum, the files have its string.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync, cpSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import ts from 'typescript';
import { check } from './checks.mjs';

const folder = resolve(dirname(new URL(import.meta.url).pathname), '../../deploy/grafana/dashboards');
const published = dirname(createRequire(import.meta.url).resolve('@grafana/schema'));
const work = mkdtempSync(join(tmpdir(), 'sweeps-grafana-'));

const strings = text => text.replace(/((?:export )?(?:declare )?)enum (\w+) \{([^}]*)\}/g, (_, words, name, body) =>
  `${words}type ${name} = ${[...body.matchAll(/=\s*("[^"]*"|-?\d+)/g)].map(([, value]) => value).join(' | ')};`);

cpSync(join(published, 'esm'), join(work, 'types'), { recursive: true, filter: name => !/\.(js|map)$/.test(name) });
for (const name of readdirSync(join(work, 'types'), { recursive: true }).filter(name => name.endsWith('.d.ts')))
  writeFileSync(join(work, 'types', name), strings(readFileSync(join(work, 'types', name), 'utf8')));

const kinds = { stat: 'Stat', gauge: 'Gauge', bargauge: 'BarGauge', timeseries: 'TimeSeries', heatmap: 'Heatmap', table: 'Table' };
const drawn = ['timeseries', 'heatmap', 'table'];
const head = [
  `import type { Dashboard, Panel, RowPanel } from './types/raw/dashboard/x/dashboard_types.gen';`,
  `import type { PrometheusDataQuery } from './types/raw/composable/prometheus/dataquery/x/PrometheusDataQuery_types.gen';`,
  ...Object.entries(kinds).map(([kind, name]) =>
    `import type * as ${kind} from './types/raw/composable/${kind}/panelcfg/x/${name}PanelCfg_types.gen';`),
];

// One line for each part that has a type of its own, so that a complaint names its panel.
function claims(file, dashboard) {
  const lines = [];
  const claim = (type, value, what) => lines.push(`/* ${file}: ${what} */ void (${JSON.stringify(value)} satisfies ${type});`);
  const { panels, ...rest } = dashboard;
  claim(`Omit<Dashboard, 'panels'>`, rest, 'the dashboard');
  for (const panel of panels.flatMap(one => [one, ...(one.panels ?? [])])) {
    const { type, title } = panel;
    if (type === 'row') {
      claim(`Omit<RowPanel, 'panels'>`, { ...panel, panels: undefined }, title);
      continue;
    }
    const { targets, options, fieldConfig: { defaults: { custom, ...defaults }, overrides }, ...others } = panel;
    claim('Panel', { ...others, fieldConfig: { defaults, overrides } }, title);
    claim('PrometheusDataQuery[]', targets, title);
    claim(`Partial<${kinds[type] ? `${type}.Options` : 'never'}>`, options, title);
    claim(drawn.includes(type) ? `Partial<${type}.FieldConfig>` : 'Record<string, never>', custom, title);
  }
  return lines;
}

function mistakes(dashboards) {
  const path = join(work, 'dashboards.ts');
  const lines = [...head, ...dashboards.flatMap(([file, dashboard]) => claims(file, dashboard))];
  writeFileSync(path, lines.join('\n'));
  const program = ts.createProgram([path], {
    strict: true, noEmit: true, skipLibCheck: true, types: [], module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Node10,
    baseUrl: work, paths: { '@grafana/schema': ['types/index.d.ts'] },
  });
  return ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
    const line = file ? lines[file.getLineAndCharacterOfPosition(start).line] ?? '' : '';
    return `${/^\/\* (.*?) \*\//.exec(line)?.[1] ?? file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
}

const dashboards = readdirSync(folder).filter(name => name.endsWith('.json'))
  .map(name => [name, JSON.parse(readFileSync(join(folder, name), 'utf8'))]);
check('Grafana: the dashboards fit the published types', dashboards.length > 0 ? mistakes(dashboards) : ['there are none']);
const [name, spoilt] = structuredClone(dashboards[0]);
const graph = spoilt.panels.find(panel => panel.type === 'timeseries');
graph.descripton = graph.description;
graph.options.legend.displayMode = 'tabel';
delete spoilt.schemaVersion;
const found = mistakes([[name, spoilt]]);
check('Grafana: a misspelt field, an unknown word and a missing field are noticed',
  ['descripton', 'tabel', 'schemaVersion'].filter(word => !found.some(mistake => mistake.includes(word))).map(word => `${word} was not noticed`));
rmSync(work, { recursive: true });
