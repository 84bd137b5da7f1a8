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
-- no ledger, and changes nothing that is published. Of a case it changes how far it is and when it is
-- due; never what it is, who wrote it, or what of it was sealed.
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM huimin_public;
GRANT SELECT ON campaign, unit, place, problem_type, policy, policy_version, responsibility, clock_rule,
  calendar_date, calendar_day, notice, notice_release, notice_file, result, result_revision,
  distribution, distribution_row, month_figures, figures_change, spot_check_record, appearance, staff,
  staff_post, continuation, assistance, referral, formal_document, assessment TO huimin_public;
GRANT SELECT (unit_code, public_key, signature) ON unit_key TO huimin_public;
GRANT SELECT ON sealed_class_key TO huimin_public;
GRANT SELECT, INSERT ON bar, message, attachment, answer, compartment, compartment_key, event,
  awaited_pictures, site_mistake, rights_request, "case", assignment, receipt, inbound_text TO huimin_public;
GRANT UPDATE (state, unit_code, version, rewrap_due, last_word_at, answer_by, due_on, due_clock, watch_on,
  accusing, barred, sealed, claimed_by, awaiting_reporter, ended_on) ON "case" TO huimin_public;
GRANT UPDATE (outcome) ON assignment TO huimin_public;
GRANT UPDATE (code_digest, public_key, phone_mark, contact_mark) ON receipt TO huimin_public;
GRANT UPDATE (wrap) ON compartment_key TO huimin_public;
GRANT UPDATE (case_id, answer) ON inbound_text TO huimin_public;
GRANT INSERT ON mistake_bar, rights_bar, assessment_answer TO huimin_public;
GRANT SELECT, INSERT, DELETE ON notice_address TO huimin_public;
GRANT SELECT ON follow_up, merger, assessment_slip TO huimin_public;
GRANT UPDATE (why, due_on, ended_how, ended_by, ended_at) ON follow_up TO huimin_public;
GRANT UPDATE (ended_at, ended_by) ON merger TO huimin_public;
GRANT UPDATE (used_by) ON assessment_slip TO huimin_public;
GRANT SELECT, INSERT, UPDATE ON outbound_text, event_head TO huimin_public;
GRANT SELECT, INSERT, UPDATE, DELETE ON text_opt_out TO huimin_public;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO huimin_public;

-- It makes the boxes of what citizens send, and no others: one that it made before the staff do would be
-- open to it. Keys it adds to no box but those that it has made in the same transaction: to one that is there
-- it could add a key that opens to a pair of its own, or to nothing. Of such a box it seals anew the reporter's
-- own key, where he changes his code.
ALTER TABLE compartment ENABLE ROW LEVEL SECURITY;
ALTER TABLE compartment_key ENABLE ROW LEVEL SECURITY;
ALTER ROLE huimin_staff BYPASSRLS;
DROP POLICY IF EXISTS reads ON compartment;
DROP POLICY IF EXISTS adds ON compartment;
DROP POLICY IF EXISTS reads ON compartment_key;
DROP POLICY IF EXISTS adds ON compartment_key;
DROP POLICY IF EXISTS changes ON compartment_key;
CREATE POLICY reads ON compartment FOR SELECT TO huimin_public USING (true);
CREATE POLICY adds ON compartment FOR INSERT TO huimin_public WITH CHECK (
  label LIKE 'case:%' AND name IN ('original', 'conversation', 'notes', 'triage', 'identity', 'interim')
  OR label LIKE 'mistake:%' AND name = 'mistake' OR label LIKE 'rights:%' AND name = 'rights');
CREATE POLICY reads ON compartment_key FOR SELECT TO huimin_public USING (true);
CREATE POLICY adds ON compartment_key FOR INSERT TO huimin_public WITH CHECK (EXISTS (
  SELECT 1 FROM compartment AS box WHERE box.id = compartment_id AND box.xmin = pg_current_xact_id()::xid));
CREATE POLICY changes ON compartment_key FOR UPDATE TO huimin_public
  USING (holder = 'reporter') WITH CHECK (holder = 'reporter');

-- Nor does it put another key in the place of a reporter's, unless a member of staff saw the first code: the
-- worker seals to that key what it seals anew of a case that came to be sealed.
CREATE OR REPLACE FUNCTION keep_reporters_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user = 'huimin_public' AND OLD.first_digest IS NULL THEN
    RAISE EXCEPTION 'a reporter''s key stays as it is' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS keep_reporters_key ON receipt;
CREATE TRIGGER keep_reporters_key BEFORE UPDATE OF public_key ON receipt FOR EACH ROW
  WHEN (OLD.public_key IS DISTINCT FROM NEW.public_key) EXECUTE FUNCTION keep_reporters_key();

-- Nobody fills the disk with tables of his own or with large objects, which the product doesn't use.
DO $$ BEGIN EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database()); END $$;
REVOKE EXECUTE ON FUNCTION lo_creat(integer), lo_create(oid), lo_from_bytea(oid, bytea), lo_put(oid, bigint, bytea)
  FROM PUBLIC;
