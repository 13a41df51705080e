-- A sale may be promoted: it is then taken to be hot before anybody comes.
ALTER TABLE sales
  ADD COLUMN promote_millis BIGINT COMMENT 'from how long before it opens; NULL: it is not promoted';
