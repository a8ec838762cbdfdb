-- Made anew by every migration, for whichever of the roles exist (deploy/postgres/roles.sql makes them).
do $rights$
declare
    role text;
begin
    for role in select rolname from pg_roles where rolname in ('sweeps_read', 'sweeps_work', 'sweeps_operate') loop
        execute format('revoke all on all tables in schema sweeps from %I', role);
        execute format('revoke all on all sequences in schema sweeps from %I', role);
        execute format('grant usage on schema sweeps to %I', role);
        execute format('grant select on all tables in schema sweeps to %I', role);
        if role = 'sweeps_work' then
            execute format(
                'grant update (generation, spec_json, spec_hash, points, chunks, phase, stage, next_spec_json, next_spec_hash, next_points,
                    next_chunks, ended_at, job_not_before) on sweeps.sweep to %I', role);
            execute format('grant update on sweeps.sweep_window to %I', role);
            execute format('grant insert, update, delete on sweeps.chunk, sweeps.silo, sweeps.lane, sweeps.term, sweeps.note to %I', role);
            execute format('grant insert on sweeps.evidence to %I', role);
            execute format('grant usage on sequence sweeps.epoch to %I', role);
        elsif role = 'sweeps_operate' then
            execute format('grant insert on sweeps.sweep, sweeps.sweep_window to %I', role);
            execute format(
                'grant update (phase, stage, failure_budget, priority, maximum_lanes, device, next_spec_json, next_spec_hash, next_points,
                    next_chunks, ended_at, job_not_before) on sweeps.sweep to %I', role);
            -- To take leases away and to forget a plan; not to say that a chunk has ended.
            execute format('grant update (state, token, expires_at), delete on sweeps.chunk to %I', role);
        end if;
    end loop;
end
$rights$;
