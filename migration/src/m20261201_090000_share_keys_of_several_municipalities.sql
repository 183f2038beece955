-- A key of an officer of two municipalities reads what either of them keeps to itself, so each of them sees it and revokes it.
-- A new secret for it, and a new key like it, stay with who acts for both.
alter policy app_reads on work.feed_key using (
    id = (select app_feed_key())
    or (role = (select app_role())
        and string_to_array(organisation, '+') && string_to_array((select app_organisation()), '+'))
    or (select app_role()) in ('VNG', 'MINISTRY'));
alter policy app_changes on work.feed_key
    using ((role = (select app_role())
            and string_to_array(organisation, '+') && string_to_array((select app_organisation()), '+'))
        or (select app_role()) in ('VNG', 'MINISTRY'))
    with check (true);

-- down
alter policy app_reads on work.feed_key using (
    id = (select app_feed_key())
    or (role = (select app_role()) and organisation = (select app_organisation()))
    or (select app_role()) in ('VNG', 'MINISTRY'));
alter policy app_changes on work.feed_key
    using ((role = (select app_role()) and organisation = (select app_organisation()))
        or (select app_role()) in ('VNG', 'MINISTRY'))
    with check (true);
