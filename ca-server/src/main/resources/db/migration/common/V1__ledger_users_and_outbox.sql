-- The same text runs on H2 and on PostgreSQL. A folder of one database's own is added beside this
-- one when a syntax must differ.

-- 会員. H2 counts UTF-16 units where PostgreSQL counts characters: names get twice the room.
CREATE TABLE organisation (
  number  VARCHAR(20)  NOT NULL,
  name    VARCHAR(128) NOT NULL,
  CONSTRAINT organisation_number_is_taken PRIMARY KEY (number)
);

CREATE TABLE app_user (
  id                   VARCHAR(64)  NOT NULL,
  user_id              VARCHAR(12)  NOT NULL,
  role                 VARCHAR(8)   NOT NULL,
  organisation_number  VARCHAR(20)  NOT NULL,
  -- The organisation whose master this is; NULL for a general user, so UNIQUE allows one master.
  master_of            VARCHAR(20),
  name                 VARCHAR(128) NOT NULL,
  mail                 VARCHAR(254) NOT NULL,
  password_hash        VARCHAR(255) NOT NULL,
  failures             INTEGER      DEFAULT 0 NOT NULL,
  locks                INTEGER      DEFAULT 0 NOT NULL,
  locked_until         TIMESTAMP(6) WITH TIME ZONE,
  blocked              BOOLEAN      DEFAULT FALSE NOT NULL,
  CONSTRAINT subscriber_id_is_taken PRIMARY KEY (id),
  CONSTRAINT user_id_is_taken UNIQUE (user_id),
  CONSTRAINT one_master_per_organisation UNIQUE (master_of),
  CONSTRAINT user_has_an_organisation FOREIGN KEY (organisation_number) REFERENCES organisation (number),
  CONSTRAINT master_is_of_its_own_organisation CHECK (
    (role = 'MASTER' AND master_of IS NOT NULL AND master_of = organisation_number)
    OR (role = 'GENERAL' AND master_of IS NULL)),
  CONSTRAINT attempts_are_counted_up CHECK (failures >= 0 AND locks >= 0)
);

CREATE INDEX app_user_by_organisation ON app_user (organisation_number);

-- The ledger. One row per serial number, written before anything is signed and never deleted.
CREATE TABLE certificate (
  serial_number      VARCHAR(40) NOT NULL,
  ordinal            BIGINT GENERATED ALWAYS AS IDENTITY,
  kind               VARCHAR(16) NOT NULL,
  -- No foreign key: TLS servers, responders and operators are in the ledger as well.
  subscriber_id      VARCHAR(64) NOT NULL,
  not_before         TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  not_after          TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  state              VARCHAR(9)  NOT NULL,
  prepared_at        TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  prepared_by        VARCHAR(40) NOT NULL,
  der                BYTEA,
  fingerprint        VARCHAR(64),
  revoked_at         TIMESTAMP(6) WITH TIME ZONE,
  revocation_reason  SMALLINT,
  -- The subscriber whose newest entry this is, unless revoked or abandoned (A8).
  current_for        VARCHAR(64),
  CONSTRAINT serial_number_is_taken PRIMARY KEY (serial_number),
  CONSTRAINT certificate_ordinal_is_taken UNIQUE (ordinal),
  CONSTRAINT certificate_is_stored_once UNIQUE (fingerprint),
  CONSTRAINT one_current_certificate_per_subscriber UNIQUE (current_for),
  CONSTRAINT current_certificate_counts CHECK (
    current_for IS NULL
    OR (current_for = subscriber_id AND kind = 'SUBSCRIBER' AND revoked_at IS NULL
        AND state <> 'ABANDONED')),
  CONSTRAINT certificate_state_is_known CHECK (state IN ('PREPARED', 'ISSUED', 'ABANDONED')),
  CONSTRAINT issued_certificate_is_stored CHECK (state <> 'ISSUED' OR der IS NOT NULL),
  CONSTRAINT abandoned_certificate_is_revoked CHECK (state <> 'ABANDONED' OR revoked_at IS NOT NULL),
  CONSTRAINT revocation_is_complete CHECK ((revoked_at IS NULL) = (revocation_reason IS NULL)),
  CONSTRAINT fingerprint_is_of_the_certificate CHECK ((der IS NULL) = (fingerprint IS NULL)),
  CONSTRAINT validity_is_ordered CHECK (not_before <= not_after)
);

CREATE INDEX certificate_by_subscriber ON certificate (subscriber_id);
CREATE INDEX certificate_by_node_and_state ON certificate (prepared_by, state);

-- Append only. Rows are never changed and never deleted.
CREATE TABLE audit_event (
  id             BIGINT GENERATED ALWAYS AS IDENTITY,
  occurred_at    TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  actor_kind     VARCHAR(10)   NOT NULL,
  actor_name     VARCHAR(200)  NOT NULL,
  action         VARCHAR(40)   NOT NULL,
  subscriber_id  VARCHAR(64),
  serial_number  VARCHAR(40),
  detail         VARCHAR(1000) NOT NULL,
  CONSTRAINT audit_event_id_is_taken PRIMARY KEY (id)
);

CREATE TABLE certificate_application (
  id               UUID        NOT NULL,
  subscriber_id    VARCHAR(64) NOT NULL,
  state            VARCHAR(10) NOT NULL,
  created_at       TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  code_counter     BIGINT      NOT NULL,
  code_tries       INTEGER     NOT NULL,
  code_sent_at     TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  code_expires_at  TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  sealed_password  BYTEA,
  issuing_node     VARCHAR(40),
  serial_number    VARCHAR(40),
  file_name        VARCHAR(64),
  sealed_file      BYTEA,
  file_until       TIMESTAMP(6) WITH TIME ZONE,
  delivered_at     TIMESTAMP(6) WITH TIME ZONE,
  CONSTRAINT application_id_is_taken PRIMARY KEY (id),
  CONSTRAINT one_application_per_certificate UNIQUE (serial_number),
  CONSTRAINT application_has_a_user FOREIGN KEY (subscriber_id) REFERENCES app_user (id),
  CONSTRAINT application_ends_in_a_ledger_entry FOREIGN KEY (serial_number)
    REFERENCES certificate (serial_number),
  CONSTRAINT issued_application_has_a_file CHECK (
    state <> 'ISSUED'
    OR (serial_number IS NOT NULL AND file_name IS NOT NULL AND file_until IS NOT NULL)),
  CONSTRAINT password_is_kept_until_issuing CHECK (
    sealed_password IS NULL OR state IN ('CODE_SENT', 'CONFIRMED'))
);

CREATE INDEX application_by_user ON certificate_application (subscriber_id, created_at);

CREATE TABLE web_session (
  id                       VARCHAR(64) NOT NULL,
  subscriber_id            VARCHAR(64) NOT NULL,
  application_id           UUID,
  certificate_fingerprint  VARCHAR(64),
  created_at               TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  expires_at               TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  CONSTRAINT session_id_is_taken PRIMARY KEY (id),
  CONSTRAINT session_has_a_user FOREIGN KEY (subscriber_id) REFERENCES app_user (id),
  CONSTRAINT session_works_on_an_application FOREIGN KEY (application_id)
    REFERENCES certificate_application (id)
);

CREATE INDEX web_session_by_end ON web_session (expires_at);

CREATE SEQUENCE mail_number START WITH 1;

CREATE TABLE mail_outbox (
  number         BIGINT       NOT NULL,
  subscriber_id  VARCHAR(64)  NOT NULL,
  kind           VARCHAR(16)  NOT NULL,
  recipient      VARCHAR(254) NOT NULL,
  state          VARCHAR(8)   NOT NULL,
  -- Subject and text, until the mail has left or is given up.
  sealed         BYTEA,
  attempts       INTEGER      NOT NULL,
  created_at     TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  due_at         TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  deadline       TIMESTAMP(6) WITH TIME ZONE,
  claimed_by     VARCHAR(40),
  claimed_until  TIMESTAMP(6) WITH TIME ZONE,
  ended_at       TIMESTAMP(6) WITH TIME ZONE,
  reason         VARCHAR(500),
  CONSTRAINT mail_number_is_taken PRIMARY KEY (number),
  CONSTRAINT mail_has_a_user FOREIGN KEY (subscriber_id) REFERENCES app_user (id),
  CONSTRAINT mail_state_is_known CHECK (state IN ('QUEUED', 'SENT', 'REFUSED', 'DROPPED')),
  CONSTRAINT mail_body_is_kept_while_queued CHECK ((state = 'QUEUED') = (sealed IS NOT NULL)),
  CONSTRAINT mail_ends_once CHECK ((state = 'QUEUED') = (ended_at IS NULL))
);

CREATE INDEX mail_outbox_by_due ON mail_outbox (state, due_at);

-- The timetable, as db-scheduler 16 wants it.
CREATE TABLE scheduled_tasks (
  task_name             VARCHAR(100) NOT NULL,
  task_instance         VARCHAR(100) NOT NULL,
  task_data             BYTEA,
  execution_time        TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  picked                BOOLEAN      NOT NULL,
  picked_by             VARCHAR(50),
  last_success          TIMESTAMP(6) WITH TIME ZONE,
  last_failure          TIMESTAMP(6) WITH TIME ZONE,
  consecutive_failures  INTEGER,
  last_heartbeat        TIMESTAMP(6) WITH TIME ZONE,
  version               BIGINT       NOT NULL,
  priority              SMALLINT,
  PRIMARY KEY (task_name, task_instance)
);

CREATE INDEX scheduled_tasks_by_execution_time ON scheduled_tasks (execution_time);
CREATE INDEX scheduled_tasks_by_last_heartbeat ON scheduled_tasks (last_heartbeat);
CREATE INDEX scheduled_tasks_by_priority ON scheduled_tasks (priority DESC, execution_time ASC);
