// The Prometheus that `deploy/local/cluster prometheus` starts, hurried: it asks twice a second, and its rules may be changed.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export class LivePrometheus {
  // The address of its page, the cluster's folder, and how the texts of its rules change.
  static async hurried(page, dir, change = rules => rules) {
    const prometheus = new LivePrometheus(page);
    const rewrite = (name, how) => {
      const file = join(dir, 'prometheus', name);
      writeFileSync(file, how(readFileSync(file, 'utf8')));
    };
    for (const name of ['recording', 'alerts']) rewrite(`rules/${name}.yaml`, change);
    rewrite('prometheus.yml', text => text.replaceAll(/_interval: 15s/g, '_interval: 500ms').replace('timeout: 10s', 'timeout: 500ms'));
    await prometheus.ask('/-/reload', 'POST');
    return prometheus;
  }

  constructor(page) {
    this.page = page;
  }

  // What it answers; undefined where it says no more than that it did as told.
  async ask(path, method = 'GET') {
    const answer = await fetch(this.page + path, { method });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
    return text ? JSON.parse(text).data : undefined;
  }

  // Names of alerts.
  async firing() {
    const { alerts } = await this.ask('/api/v1/alerts');
    return new Set(alerts.filter(alert => alert.state === 'firing').map(alert => alert.labels.alertname));
  }
}
