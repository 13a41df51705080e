-- A sale that was closed can be reopened: the change that does it carries an adjustment.
ALTER TABLE adjustments
  MODIFY COLUMN kind ENUM ('RESTOCK', 'WITHDRAW', 'REOPEN') NOT NULL,
  MODIFY COLUMN quantity BIGINT NOT NULL COMMENT 'units; 0 of a reopening';
