-- Rows that a table refuses for good are set aside here too, each with what the table said: the shard
-- goes on without them. What they hold is in the ledger, at seq. Until such a letter is gone it stands
-- for its row, whose last state, if any, is still in the table and counts for nothing.
ALTER TABLE dead_letter
  DROP PRIMARY KEY,
  ADD COLUMN id BIGINT NOT NULL AUTO_INCREMENT FIRST,
  ADD PRIMARY KEY (id),
  ADD COLUMN kind ENUM ('FORK', 'ORDER', 'REFUND', 'ADJUSTMENT') NOT NULL
    COMMENT 'a change of a history that lost, or a row of which table' AFTER shard,
  ADD COLUMN row_key VARCHAR(500) NOT NULL
    COMMENT 'hexadecimal: order_key, order_key and payment; id; or the hash of the change' AFTER kind,
  MODIFY seq BIGINT NOT NULL COMMENT 'the number that the change has in its history',
  MODIFY base BINARY(32) COMMENT 'of a lost change: the hash of the one before it',
  MODIFY chain BINARY(32) COMMENT 'of a lost change: its hash',
  MODIFY body MEDIUMBLOB COMMENT 'of a lost change: its canonical form';

UPDATE dead_letter SET row_key = LOWER(HEX(chain));

-- One letter for a row: the next state that is refused takes the place of the one before.
ALTER TABLE dead_letter ADD UNIQUE KEY one_for_each (sale, shard, kind, row_key);
