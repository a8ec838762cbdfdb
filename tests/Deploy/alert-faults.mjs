// Faults, each with the alerts that it is to raise: alerts.mjs begins it, waits for them, ends it, and waits until they are over.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ROOM } from './alert-cluster.mjs';

const FINE = 'dimension: 64, stiffness: 4, samples: 4096, steps: 1000';

export function faultsOf(cluster) {
  let cease, sweep;
  const both = signal => cluster.numbers().forEach(number => cluster.signal(number, signal));
  return {
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
        let number = 1;
        cease = cluster.repeat(async () => {
          number = 3 - number;
          cluster.signal(number, 'SIGSTOP');
          await delay(4000);
          cluster.signal(number, 'SIGCONT');
          await delay(9000);
        });
      },
      end: () => cease(),
    },
    // A machine that is hot, or shared: nine tenths of the time are another's. First it must have had a pace to fall from.
    throttled: {
      alerts: ['SweepsThroughputFalls'],
      begin: async () => {
        await delay(90_000);
        cease = cluster.repeat(async () => {
          both('SIGSTOP');
          await delay(270);
          both('SIGCONT');
          await delay(30);
        });
      },
      end: () => cease(),
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
    // Grants take seconds, and so does the word that chunks are settled; what is staged meanwhile waits for it.
    slow: {
      alerts: ['SweepsDatabaseSlow', 'SweepsClaimsSlow', 'SweepsPublicationSlow'],
      begin: () => cluster.administer(`
        create function sweeps.be_slow() returns trigger language plpgsql as $$
        begin
          if exists (select from now_is n where n.state = 'settled') then perform pg_sleep(12);
          elsif exists (select from was w where w.state = 'waiting') and exists (select from now_is n where n.state = 'leased') then perform pg_sleep(4);
          end if;
          return null;
        end $$;
        create trigger be_slow after update on sweeps.chunk referencing old table as was new table as now_is
          for each statement execute function sweeps.be_slow()`.replaceAll('\n', ' ')),
      end: () => cluster.administer('drop function sweeps.be_slow cascade'),
    },
    // Staging takes longer than computing.
    crawling: {
      alerts: ['SweepsThreadsWait'],
      begin: () => cluster.order('delay', '6'),
      end: () => cluster.countermand('delay'),
    },
    hanging: {
      alerts: ['SweepsNoProgress', 'SweepsLeaseOld'],
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
        rmSync(join(cluster.data, 'filler'));
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
        cluster.ask('cancel', sweep);
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
        cluster.ask('cancel', sweep);
        rmSync(join(cluster.data, sweep), { recursive: true });
      },
    },
    // With steps of 5 the sampler's error grows fourfold in each: the first 80 of the points leave the finite numbers.
    points: {
      alerts: ['SweepsPointsFail', 'SweepsBudgetGoes'],
      begin: () => {
        sweep = cluster.submit('points', 'horizon: [1000, 10, 9, 8, 7], separation: { from: 0.5, to: 2, count: 80 }',
          'dimension: 64, stiffness: 4, drift: 1, samples: 8192, steps: 200', '--priority', '5');
      },
      end: () => cluster.ask('cancel', sweep),
    },
    budget: {
      alerts: ['SweepsBudgetSpent'],
      begin: () => {
        sweep = cluster.submit('budget', 'separation: { from: 0.5, to: 2, count: 400 }', 'dimension: 64, stiffness: 4, drift: 1, horizon: 1000, samples: 1024, steps: 200',
          '--priority', '5');
      },
      end: () => cluster.ask('cancel', sweep),
    },
    // Ten steps of 1: what Euler's method is wrong by is many standard errors.
    coarse: {
      alerts: ['SweepsDeviationLarge', 'SweepsDeviationsFrequent'],
      begin: () => {
        sweep = cluster.submit('coarse', 'separation: { from: 0.8, to: 2, count: 400 }, sigma: { from: 0.9, to: 1.1, count: 100 }',
          'dimension: 64, samples: 8192, steps: 10', '--priority', '5');
      },
      end: () => cluster.ask('cancel', sweep),
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
        cluster.ask('cancel', sweep);
      },
    },
  };
}
