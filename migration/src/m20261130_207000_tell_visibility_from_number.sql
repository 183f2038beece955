-- A source that says that something is more or less in view says nothing of a number: a kind of its own, with directions of its own.
do $$
declare
    c text;
begin
    for c in select conname from pg_constraint where conrelid = 'fact.national_figure'::regclass and contype = 'c'
            and pg_get_constraintdef(oid) ~ '\m(kind|direction)\M' loop
        execute format('alter table fact.national_figure drop constraint %I', c);
    end loop;
end $$;
alter table fact.national_figure
    add constraint national_figure_kind_check check (kind in ('COUNT', 'ESTIMATE', 'TREND', 'VISIBILITY', 'UNKNOWN')),
    add constraint national_figure_direction_check
        check (direction in ('RISE', 'FALL', 'STRONG_FALL', 'MORE_VISIBLE', 'HARDLY_VISIBLE')),
    add constraint national_figure_direction_of_kind_check check (case kind
        when 'TREND' then coalesce(direction in ('RISE', 'FALL', 'STRONG_FALL'), false)
        when 'VISIBILITY' then coalesce(direction in ('MORE_VISIBLE', 'HARDLY_VISIBLE'), false)
        else direction is null end),
    add constraint national_figure_reason_of_kind_check check ((kind = 'UNKNOWN') = (reason_nl is not null));

-- down
alter table fact.national_figure
    drop constraint national_figure_reason_of_kind_check,
    drop constraint national_figure_direction_of_kind_check,
    drop constraint national_figure_direction_check,
    drop constraint national_figure_kind_check;
alter table fact.national_figure
    add constraint national_figure_kind_check check (kind in ('COUNT', 'ESTIMATE', 'TREND', 'UNKNOWN')),
    add constraint national_figure_direction_check check (direction in ('RISE', 'FALL', 'STRONG_FALL')),
    add check ((kind = 'TREND') = (direction is not null)),
    add check ((kind = 'UNKNOWN') = (reason_nl is not null));
