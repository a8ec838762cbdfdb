-- $1 sweep, $2 generation
select w.held
from sweeps.sweep_window w
join sweeps.sweep s on s.number = w.sweep
where w.sweep = $1 and s.generation = $2
