-- Since when a revoked certificate was not to be trusted; when a held one was last released.
ALTER TABLE certificate ADD COLUMN invalidity_date TIMESTAMP(6) WITH TIME ZONE;
ALTER TABLE certificate ADD COLUMN released_at TIMESTAMP(6) WITH TIME ZONE;
ALTER TABLE certificate ADD CONSTRAINT invalidity_is_of_a_revocation
  CHECK (invalidity_date IS NULL OR revoked_at IS NOT NULL);

-- A certificate on hold (reason 6) may come back, so it keeps its place (A8).
ALTER TABLE certificate DROP CONSTRAINT current_certificate_counts;
ALTER TABLE certificate ADD CONSTRAINT current_certificate_counts CHECK (
  current_for IS NULL
  OR (current_for = subscriber_id AND kind = 'SUBSCRIBER' AND state <> 'ABANDONED'
      AND (revoked_at IS NULL OR revocation_reason = 6)));

CREATE INDEX certificate_by_revocation ON certificate (revoked_at);

-- One row per CA: the last CRL number that any server took, used or not. Whoever signs holds its lock.
CREATE TABLE crl_head (
  ca           VARCHAR(32) NOT NULL,
  last_number  BIGINT      NOT NULL,
  CONSTRAINT crl_head_is_of_one_ca PRIMARY KEY (ca)
);

-- Every signed CRL, and with it the delta CRL of the same number, if there is one.
CREATE TABLE crl (
  ca               VARCHAR(32) NOT NULL,
  number           BIGINT      NOT NULL,
  -- Whether it is one of those signed by the timetable, on which deltas build.
  scheduled        BOOLEAN     NOT NULL,
  signed_at        TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  this_update      TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  next_update      TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  -- The change of a certificate up to which it tells everything.
  change_number    BIGINT      NOT NULL,
  -- What ended before this, and had not changed after this, is no longer on it (RFC 5280, 3.3).
  ended_before     TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  ended_change     BIGINT      NOT NULL,
  delta_base       BIGINT,
  CONSTRAINT crl_number_is_taken PRIMARY KEY (ca, number),
  CONSTRAINT crl_is_of_a_known_ca FOREIGN KEY (ca) REFERENCES crl_head (ca),
  CONSTRAINT delta_follows_its_base CHECK (delta_base IS NULL OR delta_base < number)
);

-- The octets of the newest ones, in pieces, from which every server takes them.
CREATE TABLE crl_part (
  ca      VARCHAR(32) NOT NULL,
  number  BIGINT      NOT NULL,
  delta   BOOLEAN     NOT NULL,
  part    INTEGER     NOT NULL,
  octets  BYTEA       NOT NULL,
  CONSTRAINT crl_part_is_taken PRIMARY KEY (ca, number, delta, part),
  CONSTRAINT crl_part_is_of_a_crl FOREIGN KEY (ca, number) REFERENCES crl (ca, number)
);
