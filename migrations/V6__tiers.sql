-- A sale may be kept apart from the others.
ALTER TABLE sales
  ADD COLUMN tier VARCHAR(9) NOT NULL DEFAULT 'STANDARD' COMMENT 'STANDARD, or DEDICATED: its own limits, maps and nodes';
