-- What a policy says besides its goals: its aim, sectors, risk factors, findings, measures, consultations, care.
alter table fact.policy_provision drop constraint policy_provision_kind_check;
alter table fact.policy_provision add constraint policy_provision_kind_check check (
    kind in ('AIM', 'GOAL', 'LINE', 'TRACK', 'PREVENTION', 'RISK_GROUP', 'RISK_FACTOR', 'SECTOR', 'FINDING', 'COMMITMENT', 'MEASURE',
        'CADENCE', 'CONSULTATION_BODY', 'EVALUATION', 'FINANCE', 'FORM_IN_SCOPE', 'FORM_OUT_OF_SCOPE', 'CHAIN_PARTNER', 'CORE_TEAM',
        'CARE_PROVISION', 'DUTY', 'REPORT_CONTENT', 'ANNEX'));

-- down
alter table fact.policy_provision drop constraint policy_provision_kind_check;
alter table fact.policy_provision add constraint policy_provision_kind_check check (
    kind in ('GOAL', 'LINE', 'TRACK', 'PREVENTION', 'RISK_GROUP', 'COMMITMENT', 'CADENCE', 'EVALUATION', 'FINANCE', 'FORM_IN_SCOPE',
        'FORM_OUT_OF_SCOPE', 'CHAIN_PARTNER', 'CORE_TEAM', 'DUTY', 'REPORT_CONTENT', 'ANNEX'));
