-- A chunk failed as a whole, or took its process down, and its worker lives to tell; too often, and it is quarantined. The evidence stays.
-- $1 sweep, $2 number, $3 epoch, $4 token, $5 cause, $6 whether the worker died, $7 most failures, $8 most deaths alone,
-- $9 most deaths
with held as (
    select c.number, c.state, c.epoch, c.token, c.alone,
        c.failures + case when $6 then 0 else 1 end as failures,
        c.deaths + case when $6 and not c.alone then 1 else 0 end as deaths,
        c.deaths_alone + case when $6 and c.alone then 1 else 0 end as deaths_alone
    from sweeps.chunk c
    where c.sweep = $1 and c.number = $2
    for update
), judged as (
    select h.*, case when not $6 then h.failures >= $7 when h.alone then h.deaths_alone >= $8 else h.deaths >= $9 end as is_quarantined
    from held h
), told as (
    update sweeps.chunk c
    set state = case when j.is_quarantined then 'quarantined' else 'waiting' end,
        failures = j.failures, deaths = j.deaths, deaths_alone = j.deaths_alone, expires_at = null,
        ended_at = case when j.is_quarantined then clock_timestamp() end,
        points_done = case when j.is_quarantined then 0 end,
        points_failed = case when j.is_quarantined then c.points end
    from judged j
    join sweeps.sweep s on s.number = $1
    where c.sweep = $1 and c.number = j.number and j.state = 'leased' and j.epoch = $3 and j.token = $4 and s.phase <> 'cancelled'
    returning c.number, c.epoch, c.worker, c.alone, c.deaths, c.state, s.generation
), kept as (
    insert into sweeps.evidence (sweep, generation, chunk, epoch, worker, what, cause)
    select $1, t.generation, t.number, t.epoch, t.worker, what.what, what.cause
    from told t
    cross join lateral (
        select case when not $6 then 'failed' when t.alone then 'died alone' else 'died' end as what, $5 as cause
        union all
        select 'quarantined',
            $5 || case when $6 and not t.alone then '; workers died or were lost with it ' || t.deaths || ' times' else '' end
        where t.state = 'quarantined'
    ) what
    returning number
)
select case
        when t.number is not null then null
        when h.state in ('waiting', 'quarantined') and h.epoch = $3 and h.token = $4 then null
        when s.phase = 'cancelled' then 'cancelled'
        when h.number is null or h.state <> 'leased' then 'unknown_lease'
        when h.epoch <> $3 then 'stale_epoch'
        else 'wrong_token'
    end,
    coalesce(t.state = 'quarantined', false),
    (select count(*) from kept)
from sweeps.sweep s
left join held h on true
left join told t on true
where s.number = $1
