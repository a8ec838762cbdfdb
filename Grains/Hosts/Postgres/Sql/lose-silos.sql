-- Silos that were not heard of in their time are lost, and their lanes work on nothing.
with lost as (
    update sweeps.silo set state = 'lost' where state <> 'lost' and heard_at < now() - lost_after returning name
)
update sweeps.lane set sweep = null where silo in (select name from lost) and sweep is not null
