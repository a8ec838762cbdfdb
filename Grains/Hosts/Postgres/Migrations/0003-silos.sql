-- Silos, their lanes, and the terms by which one of them at a time does what is for one alone.
create table sweeps.silo (
    name text primary key check (length(name) <= 200),
    software_version text not null,
    cut_version integer not null,
    data text not null check (length(data) <= 4096),
    state text not null default 'working' check (state in ('working', 'draining', 'lost')),
    lost_after interval not null check (lost_after > '0'),
    started_at timestamptz not null default clock_timestamp(),
    heard_at timestamptz not null default clock_timestamp()
);

create table sweeps.lane (
    worker text primary key check (length(worker) <= 220),
    silo text not null references sweeps.silo on delete cascade,
    number integer not null check (number >= 0),
    device text not null check (length(device) <= 200),
    is_accelerator boolean not null,
    is_processor boolean not null,
    sweep bigint references sweeps.sweep on delete set null,
    unique (silo, number),
    check (is_accelerator or is_processor)
);

create index lane_of_sweep on sweeps.lane (sweep) where sweep is not null;

create table sweeps.term (
    role text primary key check (length(role) <= 100),
    holder text not null,
    epoch bigint not null,
    since timestamptz not null,
    expires_at timestamptz not null
);

-- Why a silo cannot work on a sweep, or what went wrong with a dataset.
create table sweeps.note (
    sweep bigint not null references sweeps.sweep on delete cascade,
    silo text not null references sweeps.silo on delete cascade,
    is_refusal boolean not null,
    sentence text not null check (length(sentence) <= 8192),
    at timestamptz not null default clock_timestamp(),
    primary key (sweep, silo)
);
