-- A change that a database takes, and then one that it does not.
ALTER TABLE organisation ADD COLUMN half_way INTEGER;
ALTER TABLE there_is_no_such_table ADD COLUMN other_half INTEGER;
