-- Whoever counts national totals reads rows that it may not see one by one, and of these no text: nothing that is counted is one.
create policy counting_reads_none on free_text as restrictive for select to stm_app using (
    coalesce((select current_setting('app.purpose', true)), '') <> 'NATIONAL_TOTALS');

-- down
drop policy counting_reads_none on free_text;
