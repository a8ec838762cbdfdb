// Faults, each with the alerts that it is to raise: alerts.mjs begins it, waits for them, ends it, and waits until they are over.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { LOST_AFTER, ROOM } from './alert-cluster.mjs';

const FINE = 'dimension: 64, stiffness: 4, samples: 4096, steps: 1000';

export function faultsOf(cluster) {
  let cease, sweep;
  const both = signal => cluster.numbers().forEach(number => cluster.signal(number, signal));
  return {
    // A machine that is hot, or shared: most of the time is another's. First there must be a pace to fall from.
    throttled: {
      alerts: ['SweepsThroughputFalls'],
      begin: async () => {
        await delay(100_000);
        cease = cluster.repeat(async () => {
          both('SIGSTOP');
          await delay(180);
          both('SIGCONT');
          await delay(30);
        });
      },
      end: () => cease(),
    },
    silo: {
      alerts: ['SweepsSiloLost', 'SweepsTargetDown'],
      begin: () => cluster.signal(2, 'SIGKILL'),
      end: () => cluster.start(2),
    },
    stopped: {
      alerts: ['SweepsAllSilosGone', 'SweepsTargetDown'],
      begin: () => both('SIGSTOP'),
      end: () => both('SIGCONT'),
    },
    // One after the other is suspended for longer than silence may last, and wakes with chunks that are others' by then.
    suspended: {
      alerts: ['SweepsLeaseStorm', 'SweepsLeasesExpire'],
      begin: () => {
        // Chunks that lose their silos too often are given up, and that is to be no other fault's.
        sweep = cluster.submit('suspended', 'separation: { from: 0.5, to: 2, count: 1000 }', FINE, '--priority', '5');
        let number = 1;
        cease = cluster.repeat(async () => {
          number = 3 - number;
          cluster.signal(number, 'SIGSTOP');
          await delay(1000 * (LOST_AFTER + 2));
          cluster.signal(number, 'SIGCONT');
          await delay(9000);
        });
      },
      end: async () => {
        await cease();
        cluster.cancel(sweep);
      },
    },
    // As far as silos can see, it is away.
    database: {
      alerts: ['SweepsDatabaseAway', 'SweepsNobodyKeepsHouse'],
      begin: () => cluster.administer("alter role sweeps_work nologin; select pg_terminate_backend(pid) from pg_stat_activity where usename = 'sweeps_work'"),
      end: () => cluster.administer('alter role sweeps_work login'),
    },
    cut: {
      alerts: ['SweepsDatabaseErrors'],
      begin: () => {
        cease = cluster.repeat(async () => {
          cluster.administer("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'sweeps_work' and random() < 0.5");
          await delay(300);
        });
      },
      end: () => cease(),
    },
    // A commit of a heartbeat takes most of a second, and one of a grant four.
    slow: {
      alerts: ['SweepsDatabaseSlow', 'SweepsClaimsSlow'],
      begin: () => cluster.administer(`
        create function sweeps.be_slow() returns trigger language plpgsql as $$
        begin
          if tg_table_name = 'silo' then perform pg_sleep(0.7);
          elsif exists (select from was where state = 'waiting') and exists (select from now_is where state = 'leased') then perform pg_sleep(4);
          end if;
          return null;
        end $$;
        create trigger be_slow after update on sweeps.chunk referencing old table as was new table as now_is
          for each statement execute function sweeps.be_slow();
        create trigger be_slow after update on sweeps.silo for each statement execute function sweeps.be_slow()`.replaceAll('\n', ' ')),
      end: () => cluster.administer('drop function sweeps.be_slow cascade'),
    },
    // To put a chunk's files into their places takes longer than to compute them, on a machine that does nothing else; not much longer, for
    // rates do not look back far.
    crawling: {
      alerts: ['SweepsPublicationSlow'],
      begin: () => {
        cluster.order('delay', '6.5');
        cease = cluster.keep();
      },
      end: async () => {
        await cease();
        cluster.countermand('delay');
      },
    },
    hanging: {
      alerts: ['SweepsNoProgress', 'SweepsLeaseOld', 'SweepsThreadsWait'],
      begin: () => cluster.order('hang'),
      end: () => cluster.countermand('hang'),
    },
    full: {
      alerts: ['SweepsDataErrors', 'SweepsDataFull'],
      begin: () => {
        cluster.resize('64m');
        cluster.sh('head -c 1G /dev/zero >"$data/filler" || true');
      },
      end: () => {
        rmSync(join(cluster.data, 'filler'), { force: true });
        cluster.resize(ROOM);
      },
    },
    // Somebody else fills it: in six minutes it will be full.
    filling: {
      alerts: ['SweepsDataFills'],
      begin: () => {
        let megabytes = 16 * 1024;
        cease = cluster.repeat(async () => {
          if (megabytes > 1024) cluster.resize(`${megabytes -= 40}m`);
          await delay(1000);
        });
      },
      end: async () => {
        await cease();
        cluster.resize(ROOM);
      },
    },
    // Lanes are idle, and none is what the sweep wants.
    unwanted: {
      alerts: ['SweepsLanesIdle'],
      begin: () => {
        cluster.ask('pause', cluster.base);
        sweep = cluster.submit('unwanted', 'separation: { from: 0.5, to: 2, count: 20 }', FINE, '--only', 'gpu');
      },
      end: () => {
        cluster.cancel(sweep);
        cluster.ask('resume', cluster.base);
      },
    },
    // Where its folder is to be, there is another.
    taken: {
      alerts: ['SweepsDatasetJobFails'],
      begin: () => {
        sweep = `taken-${Number(cluster.administer('select max(number) from sweeps.sweep')) + 1}`;
        mkdirSync(join(cluster.data, sweep));
        writeFileSync(join(cluster.data, sweep, 'notes.txt'), 'mine');
        cluster.submit('taken', 'separation: { from: 0.5, to: 2, count: 4 }', FINE);
      },
      end: () => {
        cluster.cancel(sweep);
        rmSync(join(cluster.data, sweep), { recursive: true });
      },
    },
    // With steps of 5 the sampler is unstable. Of one sweep the first 80 points leave the finite numbers, and 100 may fail; of another every
    // fortieth does.
    points: {
      alerts: ['SweepsPointsFail', 'SweepsBudgetGoes'],
      begin: () => {
        const stable = Array.from({ length: 39 }, (_, i) => 6 + i / 10);
        sweep = [[1000, 10, 9.5, 9, 8.5, 8, 7.5, 7, 6.5, 6], [1000, ...stable]].map((horizons, i) => {
          const axes = [`horizon: [${horizons}]`, `separation: { from: 0.5, to: 2, count: ${i === 0 ? 80 : 60} }`];
          return cluster.submit(`points-${i}`, (i === 0 ? axes : axes.reverse()).join(', '),
            'dimension: 64, stiffness: 4, drift: 1, samples: 8192, steps: 200', '--priority', '5');
        });
      },
      end: () => sweep.forEach(one => cluster.cancel(one)),
    },
    budget: {
      alerts: ['SweepsBudgetSpent'],
      begin: () => {
        sweep = cluster.submit('budget', 'separation: { from: 0.5, to: 2, count: 2000 }',
          'dimension: 64, stiffness: 4, drift: 1, horizon: 1000, samples: 8192, steps: 200', '--priority', '5');
      },
      end: () => cluster.cancel(sweep),
    },
    // Ten steps of 1: what Euler's method is wrong by is many standard errors.
    coarse: {
      alerts: ['SweepsDeviationLarge', 'SweepsDeviationsFrequent'],
      begin: () => {
        sweep = cluster.submit('coarse', 'separation: { from: 0.8, to: 2, count: 400 }, sigma: { from: 0.9, to: 1.1, count: 100 }',
          'dimension: 64, samples: 8192, steps: 10', '--priority', '5');
      },
      end: () => cluster.cancel(sweep),
    },
    // The first chunk kills whatever takes it; silos are started again.
    deadly: {
      alerts: ['SweepsQuarantine'],
      begin: () => {
        cluster.order('crash', '/deadly- -points-000000000000');
        cease = cluster.keep();
        sweep = cluster.submit('deadly', 'separation: { from: 0.5, to: 2, count: 60 }', FINE, '--priority', '5');
      },
      end: async () => {
        cluster.countermand('crash');
        await cease();
        cluster.cancel(sweep);
      },
    },
    // One of a silo's two devices, twice. A silo that loses its only device ends.
    lost: {
      alerts: ['SweepsDeviceRetired'],
      begin: async () => {
        await cluster.startOnDevices();
        cluster.order('lose');
        sweep = cluster.submit('lost', 'separation: { from: 0.5, to: 2, count: 2000 }', 'dimension: 64, samples: 256, steps: 50', '--only', 'gpu');
      },
      end: async () => {
        cluster.cancel(sweep);
        await cluster.endOnDevices();
        cluster.countermand('lose');
      },
    },
  };
}
