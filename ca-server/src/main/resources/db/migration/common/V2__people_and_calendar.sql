-- People and the calendar: registration, initial passwords, removal, address changes, notices.

-- Not NULL: somebody else set the password, and it ends then (C2, C4, C5).
ALTER TABLE app_user ADD COLUMN initial_until TIMESTAMP(6) WITH TIME ZONE;
ALTER TABLE app_user ADD COLUMN language VARCHAR(2) DEFAULT 'ja' NOT NULL;
-- Codes made void by wrong tries since the last right one.
ALTER TABLE app_user ADD COLUMN void_codes INTEGER DEFAULT 0 NOT NULL;
-- Those of the locks that came from void codes. A right password does not clear these.
ALTER TABLE app_user ADD COLUMN code_locks INTEGER DEFAULT 0 NOT NULL;
-- Removed users stay for the ledger's sake, and their user ID stays taken.
ALTER TABLE app_user ADD COLUMN removed_at TIMESTAMP(6) WITH TIME ZONE;
ALTER TABLE app_user ADD CONSTRAINT language_is_known CHECK (language IN ('ja', 'en'));
ALTER TABLE app_user ADD CONSTRAINT void_codes_are_counted_up CHECK (void_codes >= 0);
ALTER TABLE app_user ADD CONSTRAINT locks_by_codes_are_locks CHECK (code_locks >= 0 AND code_locks <= locks);

-- Attempts that count for nobody: there is no such user, or nothing may be tried. They are written
-- all the same, in rows as long as a user's, so that they take the time of those that count (S1).
-- Several rows, so that many at once do not wait for one.
CREATE TABLE attempt_in_vain (
  id            VARCHAR(64) NOT NULL,
  failures      INTEGER DEFAULT 0 NOT NULL,
  locks         INTEGER DEFAULT 0 NOT NULL,
  locked_until  TIMESTAMP(6) WITH TIME ZONE,
  blocked       BOOLEAN DEFAULT FALSE NOT NULL,
  void_codes    INTEGER DEFAULT 0 NOT NULL,
  code_locks    INTEGER DEFAULT 0 NOT NULL,
  filling       VARCHAR(255) NOT NULL,
  CONSTRAINT attempt_in_vain_id_is_taken PRIMARY KEY (id)
);
INSERT INTO attempt_in_vain (id, filling)
SELECT CONCAT('vain-', high.digit, low.digit), REPEAT('-', 250)
FROM (VALUES ('0'), ('1'), ('2'), ('3'), ('4'), ('5'), ('6'), ('7'), ('8'), ('9'), ('a'), ('b'), ('c'), ('d'), ('e'), ('f')) AS high (digit)
CROSS JOIN (VALUES ('0'), ('1'), ('2'), ('3'), ('4'), ('5'), ('6'), ('7'), ('8'), ('9'), ('a'), ('b'), ('c'), ('d'), ('e'), ('f')) AS low (digit);

-- ログインID・初期パスワード: what the letter to a master user holds. One letter counts per organisation.
CREATE TABLE master_invitation (
  organisation_number  VARCHAR(20)  NOT NULL,
  login_id             VARCHAR(12)  NOT NULL,
  password_hash        VARCHAR(255) NOT NULL,
  created_at           TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  expires_at           TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  used_at              TIMESTAMP(6) WITH TIME ZONE,
  failures             INTEGER DEFAULT 0 NOT NULL,
  locks                INTEGER DEFAULT 0 NOT NULL,
  locked_until         TIMESTAMP(6) WITH TIME ZONE,
  blocked              BOOLEAN DEFAULT FALSE NOT NULL,
  CONSTRAINT one_letter_per_organisation PRIMARY KEY (organisation_number),
  CONSTRAINT login_id_is_taken UNIQUE (login_id),
  CONSTRAINT invitation_is_of_an_organisation FOREIGN KEY (organisation_number)
    REFERENCES organisation (number),
  CONSTRAINT invitation_attempts_are_counted_up CHECK (failures >= 0 AND locks >= 0)
);

-- マスターユーザー初期登録 under way in one browser (C2).
CREATE TABLE master_registration (
  id                   UUID        NOT NULL,
  -- SHA-256 of the browser's token.
  token_hash           VARCHAR(64) NOT NULL,
  login_id             VARCHAR(12) NOT NULL,
  organisation_number  VARCHAR(20) NOT NULL,
  state                VARCHAR(16) NOT NULL,
  created_at           TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  expires_at           TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  user_id              VARCHAR(12),
  name                 VARCHAR(128),
  mail                 VARCHAR(254),
  password_hash        VARCHAR(255),
  sealed_password      BYTEA,
  code_counter         BIGINT,
  code_tries           INTEGER,
  code_sent_at         TIMESTAMP(6) WITH TIME ZONE,
  code_expires_at      TIMESTAMP(6) WITH TIME ZONE,
  CONSTRAINT registration_id_is_taken PRIMARY KEY (id),
  CONSTRAINT registration_token_is_taken UNIQUE (token_hash),
  CONSTRAINT registration_state_is_known CHECK (state IN ('OPENED', 'CODE_SENT', 'CODE_VOID', 'DONE', 'CANCELLED')),
  CONSTRAINT registration_is_of_an_organisation FOREIGN KEY (organisation_number)
    REFERENCES organisation (number),
  CONSTRAINT registration_password_is_kept_until_done CHECK (
    sealed_password IS NULL OR state = 'CODE_SENT')
);

CREATE INDEX master_registration_by_login_id ON master_registration (login_id, created_at);

-- A new mail address that has to answer before it counts (C4). One is under way per user.
CREATE TABLE address_change (
  id               UUID         NOT NULL,
  subscriber_id    VARCHAR(64)  NOT NULL,
  mail             VARCHAR(254) NOT NULL,
  requested_by     VARCHAR(64)  NOT NULL,
  created_at       TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  code_counter     BIGINT       NOT NULL,
  code_tries       INTEGER      NOT NULL,
  code_sent_at     TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  code_expires_at  TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  CONSTRAINT one_address_change_per_user PRIMARY KEY (subscriber_id),
  CONSTRAINT address_change_id_is_taken UNIQUE (id),
  CONSTRAINT address_change_is_of_a_user FOREIGN KEY (subscriber_id) REFERENCES app_user (id)
);

-- What a certificate's holder was told of its end, once: expiring-30, expired and so on (A4).
CREATE TABLE calendar_notice (
  serial_number  VARCHAR(40) NOT NULL,
  kind           VARCHAR(16) NOT NULL,
  noticed_at     TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  CONSTRAINT notice_is_given_once PRIMARY KEY (serial_number, kind),
  CONSTRAINT notice_is_about_a_certificate FOREIGN KEY (serial_number)
    REFERENCES certificate (serial_number)
);

CREATE INDEX certificate_by_end ON certificate (not_after);
CREATE INDEX web_session_by_user ON web_session (subscriber_id);

ALTER TABLE certificate_application ALTER COLUMN state SET DATA TYPE VARCHAR(16);

-- A code for a registration goes to an address that is no user's yet.
ALTER TABLE mail_outbox ALTER COLUMN subscriber_id DROP NOT NULL;
-- The certificate a mail is about, so that it can be told to have become pointless.
ALTER TABLE mail_outbox ADD COLUMN serial_number VARCHAR(40);
CREATE INDEX mail_outbox_by_user ON mail_outbox (subscriber_id, number);
