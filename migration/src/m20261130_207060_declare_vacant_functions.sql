-- That nobody fills a function somewhere, as the municipality, its region or VNG declares it: a white spot is known and not a silence.
create table fact.function_vacancy (
    like fact_columns including all,
    key text not null,
    role text not null,
    area text,
    municipality text,
    text_nl text not null check (text_nl <> ''),
    check (num_nonnulls(area, municipality) = 1),
    check (valid_from is not null)
);
call keep_fact('function_vacancy');
call wall_public_fact('function_vacancy', array['SYSTEM', 'VNG', 'MUNICIPALITY', 'REGION', 'PARTNER']);

-- "Policy adoption, function assignment": own; own region; VNG; a partner that VNG named.
drop policy app_appends on fact.function_vacancy;
create policy app_appends on fact.function_vacancy for insert to stm_app with check (
    (app_writes_at(municipality, area) or (select app_records_functions()))
    and (corrects is null or (select app_records_functions())
        or exists (select from fact.function_vacancy o where o.id = function_vacancy.corrects and app_writes_at(o.municipality, o.area))));

-- down
drop view known.function_vacancy;
drop table fact.function_vacancy;
