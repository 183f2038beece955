-- The form of the input that a key's hash is of. Form 1 is that of 1.0.0-rc.1, a text that named the types of the program: a rename there
-- changes it, so a hash of that form is compared with no other. It stays the default, for what an instance of that release still writes
-- beside a newer one.
alter table work.idempotency_key add column input_form smallint not null default 1 check (input_form >= 1);

-- down
alter table work.idempotency_key drop column input_form;
