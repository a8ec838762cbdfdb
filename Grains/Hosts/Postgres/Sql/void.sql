-- Leases that have run out, and those of silos that are lost, are void: each counts as a death, whether or not the chunk ran alone. That
-- says little about the chunk: machines are switched off, suspended and cut off. So it takes many of them until it is quarantined.
-- $1 most deaths
with late as (
    select c.sweep, c.number, case when c.expires_at <= now() then 'its lease ran out' else 'its silo was not heard of' end as cause,
        c.deaths + 1 as deaths, c.deaths + 1 >= $1 as is_quarantined
    from sweeps.chunk c
    where c.state = 'leased' and (
        c.expires_at <= now()
        or c.worker in (select l.worker from sweeps.lane l join sweeps.silo o on o.name = l.silo where o.state = 'lost'))
    order by c.sweep, c.number
    for update skip locked
), void as (
    update sweeps.chunk c
    set state = case when l.is_quarantined then 'quarantined' else 'waiting' end,
        deaths = l.deaths, token = null, expires_at = null,
        ended_at = case when l.is_quarantined then clock_timestamp() end,
        points_done = case when l.is_quarantined then 0 end,
        points_failed = case when l.is_quarantined then c.points end
    from late l
    where c.sweep = l.sweep and c.number = l.number
    returning c.sweep, c.number, c.epoch, c.worker, c.state, c.deaths, l.cause
), kept as (
    insert into sweeps.evidence (sweep, generation, chunk, epoch, worker, what, cause)
    select v.sweep, s.generation, v.number, v.epoch, v.worker, what.what, what.cause
    from void v
    join sweeps.sweep s on s.number = v.sweep
    cross join lateral (
        select 'expired' as what, v.cause as cause
        union all
        select 'quarantined', v.cause || '; workers died or were lost with it ' || v.deaths || ' times' where v.state = 'quarantined'
    ) what
)
select v.sweep, s.folder, count(*), count(*) filter (where v.state = 'quarantined')
from void v
join sweeps.sweep s on s.number = v.sweep
group by v.sweep, s.folder
