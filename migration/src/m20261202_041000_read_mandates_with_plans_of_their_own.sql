-- What a municipality or a region may act for was read within the statement that introduces it. That is planned before it has set the
-- ledger number, at which nothing is known, so Postgres expected no row anywhere and read each table again for each row of another: 0.4 ms
-- for a municipality and 3.2 ms for a region, at every transaction. A function plans what it reads when it is first called, and by then the
-- number is set; it reads as whoever calls it, under the same policies. Now it takes 0.05 and 0.12 ms. What is found stays as it was.
create function mandate_of_municipality(own text[], on_day date, out reads text[], out writes_for text[])
language plpgsql stable as $$
begin
    select coalesce(array_agg(o.code), '{}'),
        coalesce(array_agg(o.code order by o.code) filter (where m.exists_on_day), '{}')
    into reads, writes_for
    from (select distinct unnest(own)) o (code)
    cross join lateral (
        select bool_or(
            (m.valid_from is null or m.valid_from <= on_day) and (m.valid_to is null or m.valid_to > on_day)) as exists_on_day
        from known.municipality m where m.code = o.code) m
    where m.exists_on_day is not null;
    with recursive reached (code) as (
        select unnest(reads)
        union
        select r.predecessor from reached join known.reorganisation r on r.successor = reached.code
        where r.effective_on <= on_day)
    select coalesce(array_agg(reached.code order by reached.code), '{}') into reads from reached;
end $$;

create function mandate_of_region(of_area text, on_day date, out writes_for text[], out submits_for text[], out subjects text[])
language plpgsql stable as $$
begin
    with days (period, day) as (
        select null::text, on_day
        union all
        select p.key, least(p.closes_on, on_day) from known.reporting_period p
    ), member as (
        select distinct m.municipality, d.period, d.period is null and exists (
            select from known.submission_mandate s
            where s.municipality = m.municipality and s.area = of_area
              and s.valid_from <= on_day and (s.valid_to is null or s.valid_to > on_day)) as has_mandated
        from days d
        join known.area_membership m on m.area = of_area
            and (m.valid_from is null or m.valid_from <= d.day) and (m.valid_to is null or m.valid_to > d.day)
        join known.reporting_region r on r.area = m.area
            and (r.valid_from is null or r.valid_from <= d.day) and (r.valid_to is null or r.valid_to > d.day))
    select coalesce(array_agg(municipality order by municipality) filter (where period is null), '{}'),
        coalesce(array_agg(municipality order by municipality) filter (where has_mandated), '{}'),
        coalesce(array_agg(municipality || '/' || period order by period, municipality) filter (where period is not null), '{}')
    into writes_for, submits_for, subjects
    from member;
end $$;

-- A municipality is looked up by its code, once for each code of a token.
create index municipality_code on fact.municipality (code);

-- down
drop index fact.municipality_code;
drop function mandate_of_region, mandate_of_municipality;
