-- A dataset that needs work which nobody does.
-- $1 silo, $2 a sweep whose dataset the asker has the term of (null: none)
select s.number, s.folder, s.mark, s.generation, s.spec_json, s.spec_hash, s.chunks, s.cut_version, s.software_version, s.device, s.stage,
    s.next_spec_json, s.next_spec_hash, s.next_chunks,
    w.points_done + coalesce((select sum(c.points_done) from sweeps.chunk c where c.sweep = s.number and c.ended_at is not null), 0)::bigint
from sweeps.sweep s
join sweeps.sweep_window w on w.sweep = s.number
join sweeps.silo o on o.name = $1 and o.state = 'working' and s.cut_version = o.cut_version
    and split_part(s.software_version, '.', 1) = split_part(o.software_version, '.', 1)
    and split_part(s.software_version, '.', 2) = split_part(o.software_version, '.', 2)
where (s.stage in ('absent', 'extending') and s.phase <> 'cancelled' or s.stage = 'ready' and s.phase = 'completed')
    and coalesce(s.job_not_before <= now(), true)
    and ($2::bigint is null or s.number = $2)
    and ($2::bigint is not null or not exists (select from sweeps.term t where t.role = 'dataset ' || s.number and t.expires_at > clock_timestamp()))
    and not exists (select from sweeps.note n where n.sweep = s.number and n.silo = $1 and n.is_refusal and n.at > now() - interval '1 minute')
order by s.priority desc, s.number
limit 1
