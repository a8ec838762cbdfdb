-- Grants waiting chunks, the lowest first; what another claim is taking is passed over. One that runs alone is granted alone.
-- $1 sweep, $2 generation, $3 most, $4 token, $5 worker, $6 deaths until alone, $7 lease duration
with waiting as (
    select c.number, c.deaths >= $6 as alone
    from sweeps.chunk c
    where c.sweep = $1 and c.state = 'waiting'
        and exists (select from sweeps.sweep s where s.number = $1 and s.phase = 'running' and s.stage = 'ready' and s.generation = $2)
    order by c.number
    limit $3
    for update skip locked
), chosen as (
    select w.number
    from (select number, row_number() over up as place, bool_or(alone) over up as seen from waiting window up as (order by number)) w
    where not w.seen or w.place = 1
)
update sweeps.chunk c
set state = 'leased', epoch = nextval('sweeps.epoch'), token = $4, worker = $5, alone = c.deaths >= $6,
    granted_at = clock_timestamp(), expires_at = clock_timestamp() + $7
from chosen
-- The last condition is always true. By it, few rows are expected of the choice, and each is found by its key: how many $3 are is not
-- known to the plan, which would read the whole table instead.
where c.sweep = $1 and c.number = chosen.number and chosen.number = abs(chosen.number)
returning c.number, c.epoch, c.expires_at, c.failures, c.deaths, c.deaths_alone, c.alone, (select bool_or(alone) from waiting)
