-- The database user of servers that only tell status (serve --roles status). Run it once with psql in Inkan's database on
-- the primary, as the owner of its tables, after 'migrate' and again after each upgrade's; standbys get it by replication.
-- It may read what such a server reads and nothing else: no names, no mail addresses, no passwords, no sessions, no mails.
--
--   psql --dbname inkan --file status-reader.sql
--   psql --dbname inkan --command '\password inkan_status'

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'inkan_status') THEN
    CREATE ROLE inkan_status LOGIN CONNECTION LIMIT 50;
  END IF;
END
$$;

-- Not what keeps it from writing, which is that nothing is granted: a second lock on the same door.
ALTER ROLE inkan_status SET default_transaction_read_only = on;

GRANT USAGE ON SCHEMA public TO inkan_status;

-- Which version the tables have.
GRANT SELECT ON flyway_schema_history TO inkan_status;

-- Serial numbers and what became of them; neither whose they are nor the certificates.
GRANT SELECT (serial_number, ordinal, kind, issuer, not_after, state, fingerprint, revoked_at, revocation_reason,
  invalidity_date, released_at, change_number) ON certificate TO inkan_status;

-- How far the ledger has come, and that it is still the same.
GRANT SELECT ON ledger_head TO inkan_status;
GRANT SELECT (number, hash) ON audit_event TO inkan_status;

-- The CAs, their signed CRLs, and the certificates of these servers' own keys: all of it is public.
GRANT SELECT ON ca, crl_head, crl, crl_part, status_responder TO inkan_status;
