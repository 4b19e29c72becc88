-- The CAs of the installation: the root, and one issuing CA after the other, each with its number.
CREATE TABLE ca (
  name          VARCHAR(32) NOT NULL,
  number        SMALLINT    NOT NULL,
  -- NULL until it has come back from the root, and for the first one until a server read its key.
  certificate   BYTEA,
  requested_at  TIMESTAMP(6) WITH TIME ZONE,
  certified_at  TIMESTAMP(6) WITH TIME ZONE,
  -- From when on certificates are issued by it rather than by the one before.
  issues_from   TIMESTAMP(6) WITH TIME ZONE,
  -- Since when nothing that it issued is valid any more, and it signs nothing.
  retired_at    TIMESTAMP(6) WITH TIME ZONE,
  CONSTRAINT ca_name_is_taken PRIMARY KEY (name),
  CONSTRAINT ca_number_is_taken UNIQUE (number),
  CONSTRAINT root_issues_no_certificates_for_people CHECK (number > 0 OR issues_from IS NULL),
  CONSTRAINT ca_issues_once_certified CHECK (
    issues_from IS NULL OR number <= 1 OR certificate IS NOT NULL)
);

INSERT INTO ca (name, number, certificate)
SELECT 'root', 0, (
  SELECT der FROM certificate WHERE kind = 'ROOT' AND der IS NOT NULL
  ORDER BY ordinal FETCH FIRST 1 ROW ONLY);

-- Everything so far was issued by the first one.
INSERT INTO ca (name, number, certificate, issues_from)
SELECT 'issuing', 1, (
  SELECT der FROM certificate WHERE kind = 'ISSUING_CA' AND der IS NOT NULL
  ORDER BY ordinal FETCH FIRST 1 ROW ONLY),
  TIMESTAMP WITH TIME ZONE '1970-01-01 00:00:00+00:00';

-- The CA that signed the certificate.
ALTER TABLE certificate ADD COLUMN issuer VARCHAR(32) DEFAULT 'issuing' NOT NULL;
UPDATE certificate SET issuer = 'root' WHERE kind IN ('ROOT', 'ISSUING_CA');
ALTER TABLE certificate ALTER COLUMN issuer DROP DEFAULT;
ALTER TABLE certificate ADD CONSTRAINT certificate_has_an_issuer
  FOREIGN KEY (issuer) REFERENCES ca (name);
