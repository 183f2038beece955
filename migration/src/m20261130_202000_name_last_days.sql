-- In every table that is pulled an end is called by what it is: `until` is the first day on which something no longer holds, and a last day
-- is called one.
alter view bi.dim_action_line rename column valid_to to valid_until;
alter view bi.dim_action rename column valid_to to valid_until;
alter view bi.dim_municipality rename column valid_to to valid_until;
alter view bi.bridge_area_membership rename column valid_to to valid_until;
alter view bi.dim_period rename column closes_on to last_day;

-- down
alter view bi.dim_period rename column last_day to closes_on;
alter view bi.bridge_area_membership rename column valid_until to valid_to;
alter view bi.dim_municipality rename column valid_until to valid_to;
alter view bi.dim_action rename column valid_until to valid_to;
alter view bi.dim_action_line rename column valid_until to valid_to;
