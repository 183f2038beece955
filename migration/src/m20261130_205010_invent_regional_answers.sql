-- A demo shows regions too: in it the program invents what they answer and what VNG confirms of that.
create policy demo_appends on fact.regional_answer for insert to stm_app with check ((select app_invents()));
create policy demo_appends on fact.regional_review for insert to stm_app with check ((select app_invents()));

-- down
drop policy demo_appends on fact.regional_review;
drop policy demo_appends on fact.regional_answer;
