-- Three roles: one that owns the tables and brings the schema up, one for the staff site and the
-- worker, one for the public site. By the superuser, in the product's database, after `deploy/huimin
-- init`, and again after each upgrade: sudo -u postgres psql -v ON_ERROR_STOP=1 huimin < roles.sql
-- tests/house/test_grants.py does with exactly these rights what citizens and staff do.

DO $$ BEGIN CREATE ROLE huimin_owner LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
DO $$ BEGIN CREATE ROLE huimin_staff LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
DO $$ BEGIN CREATE ROLE huimin_public LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO huimin_staff, huimin_public;

-- The staff site writes rows and makes no tables. What has happened stays as it was written.
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO huimin_staff;
REVOKE UPDATE, DELETE ON event FROM huimin_staff;
REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM huimin_staff;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO huimin_staff;

-- The public site takes in what citizens send, and reads what is published; it reaches no account,
-- no ledger, and changes nothing that is published.
GRANT SELECT ON campaign, unit, place, problem_type, policy, policy_version, responsibility, clock_rule,
  calendar_date, calendar_day, notice, notice_release, notice_file, result, result_revision,
  distribution, distribution_row, month_figures, figures_change, spot_check_record, appearance, unit_key, sealed_class_key, staff, staff_post,
  continuation, assistance, referral, formal_document, assessment TO huimin_public;
GRANT SELECT, INSERT ON bar, message, attachment, answer, compartment, event,
  awaited_pictures, site_mistake TO huimin_public;
GRANT INSERT ON mistake_bar, assessment_answer TO huimin_public;
GRANT SELECT, INSERT, DELETE ON notice_address TO huimin_public;
GRANT SELECT, UPDATE ON follow_up, merger, assessment_slip TO huimin_public;
GRANT SELECT, INSERT, UPDATE ON outbound_text TO huimin_public;
GRANT SELECT, INSERT, UPDATE ON "case", assignment, receipt, compartment_key, inbound_text,
  event_head TO huimin_public;
GRANT SELECT, INSERT, UPDATE, DELETE ON text_opt_out TO huimin_public;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO huimin_public;
