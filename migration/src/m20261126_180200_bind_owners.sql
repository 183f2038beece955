-- A public text of a partner is what an owner says of its action: whoever owns none today says nothing in public.
create function app_owns_any() returns boolean language sql stable as $$
    select exists (
        select from known.action_partner p
        where p.role = 'OWNER' and p.partner = (select app_partner())
          and (p.valid_from is null or p.valid_from <= nullif(current_setting('app.day', true), '')::date)
          and (p.valid_to is null or p.valid_to > nullif(current_setting('app.day', true), '')::date))
$$;
drop policy owners_append on free_text;
create policy owners_append on free_text for insert to stm_app with check (
    kind = 'PUBLIC' and (select app_role()) in ('PARTNER', 'VNG') and (select app_owns_any()));

-- down
drop policy owners_append on free_text;
create policy owners_append on free_text for insert to stm_app with check (
    kind = 'PUBLIC' and (select app_role()) in ('PARTNER', 'VNG'));
drop function app_owns_any;
