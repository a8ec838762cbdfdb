-- Sweeps as users submit them, and how far each is. A sweep costs two rows, however many chunks it has.
create table sweeps.sweep (
    number bigint generated always as identity primary key,
    submission uuid not null unique,
    mark uuid not null default gen_random_uuid(),
    name text not null check (name ~ '^[A-Za-z0-9_-]{1,100}$'),
    folder text not null unique generated always as (name || '-' || number) stored,
    generation integer not null default 1 check (generation >= 1),
    spec_json text not null check (octet_length(spec_json) <= 1048576),
    spec_hash text not null check (spec_hash ~ '^[0-9a-f]{64}$'),
    points bigint not null check (points between 1 and 1000000000),
    chunks integer not null check (chunks between 1 and points),
    cut_version integer not null,
    software_version text not null check (software_version ~ '^[0-9]+\.[0-9]+\.[0-9]+$'),
    phase text not null default 'running' check (phase in ('running', 'paused', 'failed_budget', 'cancelled', 'completed')),
    stage text not null default 'absent' check (stage in ('absent', 'ready', 'extending', 'finished')),
    failure_budget bigint not null check (failure_budget >= 0),
    priority integer not null default 0,
    maximum_lanes integer check (maximum_lanes >= 1),
    device text not null default 'either' check (device in ('either', 'processor', 'accelerator')),
    next_spec_json text check (octet_length(next_spec_json) <= 1048576),
    next_spec_hash text check (next_spec_hash ~ '^[0-9a-f]{64}$'),
    next_points bigint check (next_points between 1 and 1000000000),
    next_chunks integer check (next_chunks between 1 and next_points),
    submitted_at timestamptz not null default clock_timestamp(),
    ended_at timestamptz,
    job_not_before timestamptz,
    check ((stage = 'extending') = (next_spec_json is not null)),
    check (num_nonnulls(next_spec_json, next_spec_hash, next_points, next_chunks) in (0, 4)),
    check (stage <> 'finished' or phase = 'completed'),
    check (phase in ('cancelled', 'completed') or ended_at is null)
);

create index sweep_going_on on sweeps.sweep (priority desc, number) where phase in ('running', 'paused', 'failed_budget');

-- The low-water mark's side of a sweep: chunks below the frontier that have no row in sweeps.chunk are settled, and counted here.
create table sweeps.sweep_window (
    sweep bigint primary key references sweeps.sweep on delete cascade,
    frontier integer not null default 0 check (frontier >= 0),
    held int4multirange not null default '{}',
    chunks_settled integer not null default 0 check (chunks_settled >= 0),
    points_done bigint not null default 0 check (points_done >= 0),
    points_failed bigint not null default 0 check (points_failed >= 0)
) with (fillfactor = 50);

comment on column sweeps.sweep_window.frontier is 'chunks from here on have never been leased';
comment on column sweeps.sweep_window.held is 'chunks that had ended before this generation began; the frontier skips them';

create sequence sweeps.epoch as bigint;

comment on sequence sweeps.epoch is 'numbers of grants and terms: later ones are higher';
