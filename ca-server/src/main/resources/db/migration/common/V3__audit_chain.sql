-- The audit chain, and the order in which certificates changed. Version 3.1, a program, then ties
-- the rows that are there already.

-- One row: how far audit chain and changes have come. A transaction locks it as its last act, so
-- that numbers are without gaps and in the order of the commits.
CREATE TABLE ledger_head (
  id             SMALLINT    NOT NULL,
  audit_number   BIGINT      NOT NULL,
  audit_hash     VARCHAR(64) NOT NULL,
  change_number  BIGINT      NOT NULL,
  CONSTRAINT ledger_has_one_head PRIMARY KEY (id),
  CONSTRAINT ledger_head_is_the_only_one CHECK (id = 1)
);

ALTER TABLE audit_event ADD COLUMN number BIGINT;
ALTER TABLE audit_event ADD COLUMN hash VARCHAR(64);

-- When an entry last changed, counted up. NULL only inside the transaction that changes it.
ALTER TABLE certificate ADD COLUMN change_number BIGINT;
UPDATE certificate SET change_number = ordinal;
ALTER TABLE certificate ADD CONSTRAINT change_number_is_taken UNIQUE (change_number);

INSERT INTO ledger_head (id, audit_number, audit_hash, change_number)
SELECT 1, 0, REPEAT('0', 64), COALESCE(MAX(change_number), 0) FROM certificate;

-- How far the audit chain had come at a time, signed. Each names the one before.
CREATE TABLE audit_checkpoint (
  number           BIGINT       NOT NULL,
  hash             VARCHAR(64)  NOT NULL,
  signed_at        TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  previous_number  BIGINT       NOT NULL,
  -- The fingerprint of the signing key's certificate, which is in the ledger.
  signed_by        VARCHAR(64)  NOT NULL,
  signature        VARCHAR(1000) NOT NULL,
  CONSTRAINT audit_record_has_one_checkpoint PRIMARY KEY (number),
  CONSTRAINT audit_checkpoints_follow_each_other UNIQUE (previous_number)
);
