// Checks deploy/kubernetes against the published schemas of Kubernetes, against the "restricted" pod security standard, and for what no
// schema sees: names that refer to nothing, selectors that select nothing, a silo killed before its grace time is over.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parseAllDocuments } from 'yaml';
import { check, unknownSettings } from './checks.mjs';

const require = createRequire(import.meta.url);
const folder = join(import.meta.dirname ?? dirname(new URL(import.meta.url).pathname), '../../deploy/kubernetes');

const read = file => parseAllDocuments(readFileSync(file, 'utf8')).flatMap(document => {
  if (document.errors.length > 0) throw new Error(`${file}: ${document.errors[0].message}`);
  return document.toJS() ?? [];
});

// What `kubectl kustomize` makes of the few features in use here: resources, a namespace, image names.
function kustomize(path) {
  const { resources = [], namespace, images = [], apiVersion, kind, ...others } = read(join(path, 'kustomization.yaml'))[0];
  if (Object.keys(others).length > 0) throw new Error(`${path}: this check does not know ${Object.keys(others)}`);
  const objects = resources.flatMap(name => name.endsWith('.yaml') ? read(join(path, name)) : kustomize(join(path, name)));
  for (const object of objects) {
    if (namespace && object.kind !== 'Namespace') object.metadata.namespace = namespace;
    for (const container of podOf(object)?.containers ?? []) {
      const image = images.find(image => image.name === container.image);
      if (image) container.image = `${image.newName ?? image.name}:${image.newTag}`;
    }
  }
  return objects;
}

const podOf = object => object.spec?.template?.spec;
const titleOf = object => `${object.kind} ${object.metadata?.name}`;

// The schemas allow fields that they do not know. A validator looks at each field that it knows: those it never asked for are unknown.
function watched(value, path, unread) {
  if (value === null || typeof value !== 'object') return value;
  const entries = Array.isArray(value) ? [] : Object.keys(value).map(key => `${path}.${key}`);
  for (const entry of entries) unread.add(entry);
  const copy = Array.isArray(value)
    ? value.map((item, index) => watched(item, `${path}[${index}]`, unread))
    : Object.fromEntries(Object.entries(value).map(([key, item]) => [key, watched(item, `${path}.${key}`, unread)]));
  return new Proxy(copy, {
    get(target, key, receiver) {
      unread.delete(`${path}.${String(key)}`);
      return Reflect.get(target, key, receiver);
    },
  });
}

function schemaMistakes(object) {
  const title = titleOf(object);
  const module = object.apiVersion === 'v1' ? 'v1' : object.apiVersion;
  let model;
  try {
    model = require(`kubernetes-models/${module}`)[object.kind];
  } catch {
    return [`${title}: there is no apiVersion ${object.apiVersion}`];
  }
  if (!model) return [`${title}: there is no kind ${object.kind} in ${object.apiVersion}`];
  const unread = new Set();
  try {
    model.prototype.validate.call(watched(object, title, unread));
  } catch (error) {
    return [`${title}: ${error.message}`];
  }
  return [...unread].map(field => `${field}: unknown field`);
}

// As the admission controller reads the restricted standard; and what we ask for beyond it.
function securityMistakes(object) {
  const pod = podOf(object);
  if (!pod) return [];
  const mistakes = [];
  const demand = (met, what) => met || mistakes.push(`${titleOf(object)}: ${what}`);
  demand(pod.securityContext?.runAsNonRoot === true && pod.securityContext?.runAsUser > 0, 'runs as root');
  demand(pod.securityContext?.seccompProfile?.type === 'RuntimeDefault', 'no seccomp profile');
  demand(pod.automountServiceAccountToken === false, 'carries a token that it does not need');
  demand((pod.volumes ?? []).every(volume => ['emptyDir', 'secret', 'configMap', 'persistentVolumeClaim'].some(kind => kind in volume)),
    'a volume of a kind that the standard forbids');
  demand(!pod.hostNetwork && !pod.hostPID && !pod.hostIPC, 'shares a namespace of its node');
  for (const container of pod.containers) {
    demand(container.securityContext?.allowPrivilegeEscalation === false, 'may gain privileges');
    demand(isDeepStrictEqual(container.securityContext?.capabilities, { drop: ['ALL'] }), 'keeps capabilities');
    demand(container.securityContext?.readOnlyRootFilesystem === true, 'may write to its image');
    demand(container.resources?.requests?.memory && container.resources?.requests?.cpu && container.resources?.limits?.memory, 'resources not named');
    demand(/:[^/]*\d/.test(container.image), `image ${container.image} has no version`);
  }
  return mistakes;
}

function referenceMistakes(objects, secrets) {
  const has = (kind, name) => [...objects, ...secrets].some(object => object.kind === kind && object.metadata.name === name);
  const mistakes = [];
  for (const object of objects) {
    const pod = podOf(object);
    if (object.metadata.namespace && !has('Namespace', object.metadata.namespace)) mistakes.push(`${titleOf(object)}: in no namespace`);
    if (!pod) continue;
    for (const volume of pod.volumes ?? []) {
      if (volume.secret && !has('Secret', volume.secret.secretName)) mistakes.push(`${titleOf(object)}: no Secret ${volume.secret.secretName}`);
      const claim = volume.persistentVolumeClaim?.claimName;
      if (claim && !has('PersistentVolumeClaim', claim)) mistakes.push(`${titleOf(object)}: no PersistentVolumeClaim ${claim}`);
    }
    for (const container of pod.containers) {
      for (const { configMapRef } of container.envFrom ?? [])
        if (!has('ConfigMap', configMapRef.name)) mistakes.push(`${titleOf(object)}: no ConfigMap ${configMapRef.name}`);
      for (const { name } of container.volumeMounts ?? [])
        if (!pod.volumes.some(volume => volume.name === name)) mistakes.push(`${titleOf(object)}: no volume ${name}`);
      for (const probe of [container.startupProbe, container.livenessProbe, container.readinessProbe].filter(Boolean))
        if (!container.ports.some(port => port.name === probe.httpGet.port)) mistakes.push(`${titleOf(object)}: no port ${probe.httpGet.port}`);
    }
  }
  return mistakes;
}

const selects = (selector, labels) => Object.entries(selector.matchLabels ?? {}).every(([key, value]) => labels?.[key] === value);

function selectorMistakes(objects) {
  const deployments = objects.filter(object => object.kind === 'Deployment');
  return [
    ...deployments.filter(object => !selects(object.spec.selector, object.spec.template.metadata.labels))
      .map(object => `${titleOf(object)} does not select its own pods`),
    ...deployments.flatMap(one => deployments
      .filter(other => other !== one && selects(one.spec.selector, other.spec.template.metadata.labels))
      .map(other => `${titleOf(one)} selects the pods of ${titleOf(other)}`)),
    ...objects.filter(object => object.kind === 'PodDisruptionBudget').flatMap(budget => deployments
      .filter(object => !selects(budget.spec.selector, object.spec.template.metadata.labels))
      .map(object => `${titleOf(budget)} does not cover ${titleOf(object)}`)),
  ];
}

function siloMistakes(objects) {
  const settings = objects.find(object => object.kind === 'ConfigMap').data;
  const mistakes = unknownSettings(Object.keys(settings));
  for (const object of objects.filter(object => podOf(object))) {
    mistakes.push(...unknownSettings(podOf(object).containers.flatMap(container => (container.env ?? []).map(variable => variable.name))));
    if (object.kind === 'Deployment' && !(podOf(object).terminationGracePeriodSeconds > Number(settings.SWEEPS_GRACE)))
      mistakes.push(`${titleOf(object)} is killed before its grace time is over`);
    for (const container of podOf(object).containers) {
      const port = container.ports?.find(port => port.name === 'health')?.containerPort;
      if (object.kind === 'Deployment' && settings.SWEEPS_HEALTH !== `0.0.0.0:${port}`) mistakes.push(`${titleOf(object)}: health is not at ${port}`);
    }
  }
  return mistakes;
}

const secrets = read(join(folder, 'base/secret.example.yaml'));
check('Kubernetes: the example of the secrets fits the schema', secrets.flatMap(schemaMistakes));
for (const overlay of ['cpu', 'gpu']) {
  const objects = kustomize(join(folder, overlay));
  check(`Kubernetes, ${overlay}: every object fits the schema, without unknown fields`, objects.flatMap(schemaMistakes));
  check(`Kubernetes, ${overlay}: pods meet the restricted standard`, objects.flatMap(securityMistakes));
  check(`Kubernetes, ${overlay}: every name refers to something`, referenceMistakes(objects, secrets));
  check(`Kubernetes, ${overlay}: selectors select what they should`, selectorMistakes(objects));
  check(`Kubernetes, ${overlay}: silos get known settings, and the time to drain`, siloMistakes(objects));
  if (process.env.KUBECTL) {
    const theirs = parseAllDocuments(execFileSync(process.env.KUBECTL, ['kustomize', join(folder, overlay)], { encoding: 'utf8' })).map(d => d.toJS());
    const byTitle = list => Object.fromEntries(list.map(object => [titleOf(object), object]));
    check(`Kubernetes, ${overlay}: kubectl kustomize makes the same objects`,
      isDeepStrictEqual(byTitle(objects), byTitle(theirs)) ? [] : ['they differ']);
  }
}

// The dashboard goes beside the silos of either.
const dashboard = kustomize(join(folder, 'dashboard'));
check('Kubernetes, dashboard: every object fits the schema, without unknown fields', dashboard.flatMap(schemaMistakes));
check('Kubernetes, dashboard: the pod meets the restricted standard', dashboard.flatMap(securityMistakes));
check('Kubernetes, dashboard: every name refers to something', referenceMistakes([...kustomize(join(folder, 'cpu')), ...dashboard], secrets));
check('Kubernetes, dashboard: deployment and service select its pod',
  dashboard.filter(object => !selects(object.kind === 'Service' ? { matchLabels: object.spec.selector } : object.spec.selector,
    dashboard.find(podOf).spec.template.metadata.labels)).map(object => `${titleOf(object)} does not`));

// The checks can fail.
const spoilt = (spoil, test) => {
  const objects = kustomize(join(folder, 'gpu'));
  spoil(objects.find(object => object.kind === 'Deployment'));
  return test(objects).length > 0 ? [] : ['nothing was noticed'];
};
const schema = objects => objects.flatMap(schemaMistakes);
check('Kubernetes: a misspelt field is noticed', spoilt(silo => { podOf(silo).containers[0].imagePullPolice = 'Always'; }, schema));
check('Kubernetes: a value of the wrong type is noticed', spoilt(silo => { silo.spec.replicas = 'four'; }, schema));
check('Kubernetes: a missing field is noticed', spoilt(silo => { delete silo.spec.selector; }, schema));
check('Kubernetes: too short a grace time is noticed', spoilt(silo => { podOf(silo).terminationGracePeriodSeconds = 30; }, siloMistakes));
