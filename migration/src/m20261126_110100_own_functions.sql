-- Partners whom VNG named to record who fills a function, from a day on.
create table fact.function_registrar (
    like fact_columns including all,
    partner text not null,
    check (valid_from is not null)
);
call keep_fact('function_registrar');
call wall_public_fact('function_registrar', array['SYSTEM', 'VNG']);

-- "Write functions if VNG names it": whether the partner that asks is named on the present day.
create function app_records_functions() returns boolean language sql stable as $$
    select (select app_role()) = 'PARTNER' and exists (
        select from known.function_registrar r
        where r.partner = (select app_partner()) and r.valid_from <= current_setting('app.day')::date
          and (r.valid_to is null or r.valid_to > current_setting('app.day')::date))
$$;

drop policy app_appends on fact.function_assignment;
create policy app_appends on fact.function_assignment for insert to stm_app with check (
    (app_writes_at(municipality, area) or (select app_records_functions()))
    and (corrects is null or (select app_records_functions())
        or exists (select from fact.function_assignment o where o.id = corrects and app_writes_at(o.municipality, o.area))));

-- down
drop policy app_appends on fact.function_assignment;
create policy app_appends on fact.function_assignment for insert to stm_app with check (
    (select app_role()) in ('SYSTEM', 'VNG', 'MUNICIPALITY', 'REGION', 'PARTNER'));
drop function app_records_functions;
drop view known.function_registrar;
drop table fact.function_registrar;
