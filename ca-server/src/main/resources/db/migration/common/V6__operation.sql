-- The bank's staff: operators, revocation requests, organisations that may not.

-- Suspended and closed: nobody of it logs in, registers or is issued a certificate.
ALTER TABLE organisation ADD COLUMN state VARCHAR(9) DEFAULT 'ACTIVE' NOT NULL;
ALTER TABLE organisation ADD COLUMN state_since TIMESTAMP(6) WITH TIME ZONE;
ALTER TABLE organisation ADD CONSTRAINT organisation_state_is_known
  CHECK (state IN ('ACTIVE', 'SUSPENDED', 'CLOSED'));

CREATE TABLE bank_operator (
  name          VARCHAR(32)  NOT NULL,
  display_name  VARCHAR(128) NOT NULL,
  -- Comma-separated.
  roles         VARCHAR(60)  NOT NULL,
  created_at    TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  created_by    VARCHAR(200) NOT NULL,
  disabled_at   TIMESTAMP(6) WITH TIME ZONE,
  disabled_by   VARCHAR(200),
  CONSTRAINT operator_name_is_taken PRIMARY KEY (name),
  CONSTRAINT operator_has_a_role CHECK (roles <> ''),
  CONSTRAINT operator_is_disabled_by_somebody CHECK ((disabled_at IS NULL) = (disabled_by IS NULL))
);

-- Whose certificate it is. An operator has two while the newer one has not been used.
CREATE TABLE operator_credential (
  fingerprint    VARCHAR(64) NOT NULL,
  operator_name  VARCHAR(32) NOT NULL,
  serial_number  VARCHAR(40) NOT NULL,
  made_at        TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  first_used_at  TIMESTAMP(6) WITH TIME ZONE,
  replaced_at    TIMESTAMP(6) WITH TIME ZONE,
  CONSTRAINT credential_is_one_operators PRIMARY KEY (fingerprint),
  CONSTRAINT credential_is_of_an_operator FOREIGN KEY (operator_name)
    REFERENCES bank_operator (name),
  CONSTRAINT credential_is_in_the_ledger FOREIGN KEY (serial_number)
    REFERENCES certificate (serial_number)
);

CREATE INDEX operator_credential_by_operator ON operator_credential (operator_name, made_at);

CREATE SEQUENCE revocation_request_number START WITH 1;

-- What an organisation asked for (D3), for one user or in bulk.
CREATE TABLE revocation_request (
  number               BIGINT       NOT NULL,
  bulk                 BOOLEAN      NOT NULL,
  state                VARCHAR(8)   NOT NULL,
  asked_by             VARCHAR(128) NOT NULL,
  channel              VARCHAR(5)   NOT NULL,
  cause                VARCHAR(14)  NOT NULL,
  lost_at              TIMESTAMP(6) WITH TIME ZONE,
  note                 VARCHAR(1000),
  -- The user's, or the one whose certificates are all to be revoked.
  organisation_number  VARCHAR(20),
  subscriber_id        VARCHAR(64),
  held                 BOOLEAN      NOT NULL,
  created_at           TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  created_by           VARCHAR(200) NOT NULL,
  decided_at           TIMESTAMP(6) WITH TIME ZONE,
  decided_by           VARCHAR(200),
  decision_note        VARCHAR(1000),
  CONSTRAINT request_number_is_taken PRIMARY KEY (number),
  CONSTRAINT request_state_is_known CHECK (state IN ('OPEN', 'APPROVED', 'DONE', 'REJECTED')),
  CONSTRAINT request_is_decided_by_somebody CHECK (
    (state = 'OPEN') = (decided_at IS NULL) AND (decided_at IS NULL) = (decided_by IS NULL)),
  CONSTRAINT request_of_one_user_names_them CHECK (bulk OR subscriber_id IS NOT NULL)
);

CREATE TABLE revocation_item (
  request_number  BIGINT      NOT NULL,
  place           INTEGER     NOT NULL,
  serial_number   VARCHAR(40) NOT NULL,
  state           VARCHAR(15) NOT NULL,
  ended_at        TIMESTAMP(6) WITH TIME ZONE,
  CONSTRAINT item_has_a_place PRIMARY KEY (request_number, place),
  CONSTRAINT certificate_is_once_in_a_request UNIQUE (request_number, serial_number),
  CONSTRAINT item_is_of_a_request FOREIGN KEY (request_number)
    REFERENCES revocation_request (number),
  CONSTRAINT item_is_in_the_ledger FOREIGN KEY (serial_number)
    REFERENCES certificate (serial_number),
  CONSTRAINT item_state_is_known CHECK (state IN ('PENDING', 'REVOKED', 'ALREADY_REVOKED')),
  CONSTRAINT item_ends_once CHECK ((state = 'PENDING') = (ended_at IS NULL))
);

CREATE INDEX revocation_item_by_certificate ON revocation_item (serial_number);
CREATE INDEX revocation_item_by_state ON revocation_item (request_number, state, place);
CREATE INDEX audit_event_by_time ON audit_event (occurred_at);
