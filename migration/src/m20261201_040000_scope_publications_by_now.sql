-- Whether a publication may be read is asked of now, whatever ledger number an answer is of: what was withdrawn is withdrawn for an
-- earlier moment too, its lines, its files, its figures and its verdicts alike. Whoever publishes and withdraws sees what it appends.
call keep_present('publication');
create or replace function app_is_released(of_publication text) returns boolean language sql stable as $$
    select exists (select from present_publication() p where p.key = of_publication and p.state = 'RELEASED')
$$;
do $$
declare
    t text;
begin
    foreach t in array array['published_verdict', 'published_verdict_count', 'published_criterion_count'] loop
        execute format('drop policy app_reads on fact.%I', t);
        execute format('create policy app_reads on fact.%I for select to stm_app using (
            (select app_role()) in (''SYSTEM'', ''MINISTRY'')
            or publication in (select p.key from present_publication() p where p.state = ''RELEASED''))', t);
    end loop;
end $$;

-- down
do $$
declare
    t text;
begin
    foreach t in array array['published_verdict', 'published_verdict_count', 'published_criterion_count'] loop
        execute format('drop policy app_reads on fact.%I', t);
        execute format('create policy app_reads on fact.%I for select to stm_app using (true)', t);
    end loop;
end $$;
create or replace function app_is_released(of_publication text) returns boolean language sql stable as $$
    select exists (select from known.publication p where p.key = of_publication and p.state = 'RELEASED')
$$;
drop function present_publication;
