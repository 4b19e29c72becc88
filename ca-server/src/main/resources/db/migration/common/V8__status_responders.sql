-- The responders of status nodes, which have keys of their own and no issuing CA's: one row for each
-- node and each issuing CA that it answers for, with the newest certificate of that CA for the node's key.
CREATE TABLE status_responder (
  node           VARCHAR(40) NOT NULL,
  issuer         VARCHAR(32) NOT NULL,
  -- SHA-256 of the SubjectPublicKeyInfo, by which a node finds its rows.
  key_hash       VARCHAR(64) NOT NULL,
  serial_number  VARCHAR(40) NOT NULL,
  -- Here as well as in the ledger, so that a node need not be able to read everybody's.
  certificate    BYTEA       NOT NULL,
  CONSTRAINT status_node_has_one_responder_for_a_ca PRIMARY KEY (node, issuer),
  CONSTRAINT status_node_has_a_key_of_its_own UNIQUE (key_hash, issuer),
  CONSTRAINT status_responder_is_of_a_known_ca FOREIGN KEY (issuer) REFERENCES ca (name),
  CONSTRAINT status_responder_is_in_the_ledger FOREIGN KEY (serial_number)
    REFERENCES certificate (serial_number)
);
