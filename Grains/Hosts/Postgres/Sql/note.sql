-- $1 sweep, $2 silo, $3 is refusal, $4 sentence
insert into sweeps.note (sweep, silo, is_refusal, sentence)
values ($1, $2, $3, $4)
on conflict (sweep, silo) do update set is_refusal = excluded.is_refusal, sentence = excluded.sentence, at = clock_timestamp()
