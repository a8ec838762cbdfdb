-- The exceptions: chunks that wait, are leased, quarantined, or were settled a moment ago.
create table sweeps.chunk (
    sweep bigint not null references sweeps.sweep on delete cascade,
    number integer not null check (number >= 0),
    points integer not null check (points >= 1),
    state text not null default 'waiting' check (state in ('waiting', 'leased', 'settled', 'quarantined')),
    failures smallint not null default 0 check (failures >= 0),
    deaths smallint not null default 0 check (deaths >= 0),
    deaths_alone smallint not null default 0 check (deaths_alone >= 0),
    alone boolean not null default false,
    epoch bigint,
    token uuid,
    worker text,
    granted_at timestamptz,
    expires_at timestamptz,
    ended_at timestamptz,
    points_done integer,
    points_failed integer,
    primary key (sweep, number),
    check ((state = 'leased') = (expires_at is not null)),
    check (state <> 'leased' or num_nulls(epoch, token, worker, granted_at) = 0),
    check ((state in ('settled', 'quarantined')) = (ended_at is not null)),
    check ((ended_at is not null) = (points_done is not null and points_failed is not null)),
    check (points_done >= 0 and points_failed >= 0),
    check (state <> 'settled' or points_done + points_failed = points),
    check (state <> 'quarantined' or points_done = 0)
) with (fillfactor = 60, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 1000, autovacuum_analyze_scale_factor = 0.1);

create index chunk_waiting on sweeps.chunk (sweep, number) where state = 'waiting';
create index chunk_leased on sweeps.chunk (expires_at) where state = 'leased';
create index chunk_leased_by on sweeps.chunk (worker) where state = 'leased';
create index chunk_settled on sweeps.chunk (sweep, ended_at) where state = 'settled';

comment on column sweeps.chunk.token is 'of the last grant; gone once the lease was taken away from its worker';

-- What happened to chunks that failed or lost their workers; kept as long as the sweep.
create table sweeps.evidence (
    number bigint generated always as identity primary key,
    sweep bigint not null references sweeps.sweep on delete cascade,
    generation integer not null,
    chunk integer not null,
    epoch bigint,
    worker text not null,
    at timestamptz not null default clock_timestamp(),
    what text not null check (what in ('failed', 'died', 'died alone', 'expired', 'quarantined')),
    cause text not null check (length(cause) <= 8192)
);

create index evidence_of_sweep on sweeps.evidence (sweep, number desc);
