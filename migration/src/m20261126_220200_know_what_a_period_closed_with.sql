-- The ledger number at which a period closed, or that of this transaction while that is earlier.
create function closing_number(of_period text) returns bigint language sql stable as $$
    select least(current_setting('app.ledger_no')::bigint, coalesce(max(i.number), 0))
    from known.reporting_period p
    left join ledger_instant i on i.recorded_at < (p.closes_on + 1)::timestamp at time zone 'Europe/Amsterdam'
    where p.key = of_period
$$;

-- The rows of a query over known.*, with $1 for these codes, as they were known at an earlier number; known.* shows one number at a time. The
-- number of the transaction is back when the function ends, so nobody who reads beside it sees another one, and whoever asks has no more
-- rights than before.
create function known_until(number bigint, query text, codes text[]) returns setof jsonb language plpgsql as $$
declare
    present constant text := current_setting('app.ledger_no');
begin
    perform set_config('app.ledger_no', number::text, true);
    return query execute format('select to_jsonb(q) from (%s) q', query) using codes;
    perform set_config('app.ledger_no', present, true);
end $$;

-- The national totals of what was submitted count by region too, so what regions answered is counted with the verdicts.
create policy totals_read on fact.regional_answer for select to stm_app using (
    (select app_role()) = 'MINISTRY' and (select current_setting('app.purpose', true)) = 'NATIONAL_TOTALS');
create policy totals_read on fact.regional_review for select to stm_app using (
    (select app_role()) = 'MINISTRY' and (select current_setting('app.purpose', true)) = 'NATIONAL_TOTALS');

-- down
drop policy totals_read on fact.regional_review;
drop policy totals_read on fact.regional_answer;
drop function known_until, closing_number;
