-- What known.* shows of decisions and verdicts rests on their being final: no row takes the place of another, and none is withdrawn, as
-- only a row that corrects one can be. So none may be brought in that does. Versions and their answers are held to it already.
do $$
declare
    t text;
begin
    foreach t in array array['review_decision', 'verdict_span', 'verdict_rerun'] loop
        execute format('alter table fact.%1$I add constraint %1$s_is_final check (corrects is null)', t);
    end loop;
end $$;

-- down
do $$
declare
    t text;
begin
    foreach t in array array['review_decision', 'verdict_span', 'verdict_rerun'] loop
        execute format('alter table fact.%1$I drop constraint %1$s_is_final', t);
    end loop;
end $$;
