-- Puts the second wall before a table of public facts: everybody reads, the roles named append. The mandate table says
-- which; SYSTEM is the import.
create procedure wall_public_fact(name text, appended_by text[]) language plpgsql as $$
begin
    execute format('alter table fact.%I enable row level security', name);
    execute format('alter table fact.%I force row level security', name);
    execute format('create policy auditor_reads on fact.%I for select to stm_auditor using (true)', name);
    execute format('create policy app_reads on fact.%I for select to stm_app using (true)', name);
    execute format('create policy app_appends on fact.%I for insert to stm_app with check ((select app_role()) = any (%L::text[]))',
        name, appended_by);
end $$;

do $$
declare
    ministry text[] := array['SYSTEM', 'MINISTRY'];
    owners text[] := array['SYSTEM', 'MINISTRY', 'PARTNER', 'VNG'];
    vng text[] := array['SYSTEM', 'VNG'];
    local text[] := array['SYSTEM', 'VNG', 'MUNICIPALITY', 'REGION'];
    functions text[] := array['SYSTEM', 'VNG', 'MUNICIPALITY', 'REGION', 'PARTNER'];
    t text;
begin
    -- "Plan, lines, goals, budget, partners, roles, rounds"
    foreach t in array array['plan_version', 'plan_step', 'plan_theme', 'action_line', 'action', 'action_title', 'action_lineage',
        'action_year', 'action_relation', 'action_theme', 'action_phase', 'milestone', 'obligation', 'action_reference',
        'adjacent_policy', 'motion', 'motion_answer', 'proposal', 'reference_citation', 'building_block', 'operational_goal',
        'goal_target', 'intended_effect', 'effect_indicator', 'action_goal', 'goal_lineage', 'national_figure',
        'exploitation_form', 'budget_cell', 'funding', 'partner', 'action_partner', 'partner_mention', 'unnamed_party', 'event',
        'event_participant', 'monitoring_round', 'status_report', 'round_exclusion', 'published_count', 'source_document',
        'reporting_step', 'reporting_point'] loop
        call wall_public_fact(t, ministry);
    end loop;
    -- "Status report, result, measurement": own actions
    foreach t in array array['action_result', 'measurement', 'activity'] loop
        call wall_public_fact(t, owners);
    end loop;
    -- "Framework, periods, territory, reporting regions"
    foreach t in array array['framework_edition', 'theme', 'criterion', 'reporting_period', 'reporting_region', 'municipality', 'area',
        'area_membership', 'reorganisation', 'planned_reorganisation', 'tile', 'function_role'] loop
        call wall_public_fact(t, vng);
    end loop;
    -- "Policy adoption, function assignment"
    foreach t in array array['policy_document', 'policy_adoption', 'policy_provision'] loop
        call wall_public_fact(t, local);
    end loop;
    call wall_public_fact('function_assignment', functions);
    -- What is known of the data themselves comes with the data.
    foreach t in array array['known_difference', 'known_gap', 'data_decision', 'published_municipality_count'] loop
        call wall_public_fact(t, array['SYSTEM']);
    end loop;
end $$;

-- Every role that changes something may append entries in its own name.
drop policy app_appends on ledger;
create policy app_appends on ledger for insert to stm_app with check (
    (select app_role()) in ('PARTNER', 'MUNICIPALITY', 'REGION', 'VNG', 'MINISTRY', 'SYSTEM') and actor_role = (select app_role()));

-- down
drop policy app_appends on ledger;
create policy app_appends on ledger for insert to stm_app with check (
    (select app_role()) in ('MUNICIPALITY', 'VNG', 'SYSTEM') and actor_role = (select app_role()));
do $$
declare
    t text;
begin
    for t in select tablename from pg_policies where schemaname = 'fact' and policyname = 'app_reads' and qual = 'true' loop
        execute format('drop policy app_appends on fact.%I', t);
        execute format('drop policy app_reads on fact.%I', t);
        execute format('drop policy auditor_reads on fact.%I', t);
        execute format('alter table fact.%I no force row level security', t);
        execute format('alter table fact.%I disable row level security', t);
    end loop;
end $$;
drop procedure wall_public_fact;
