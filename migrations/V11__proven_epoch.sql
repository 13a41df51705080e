-- Which loading of a shard was put to work last. An owner that the others have gone on without may
-- not know it yet: what it still wants to write is refused, since it was put to work before.
ALTER TABLE shards
  ADD COLUMN proven_epoch INT NOT NULL DEFAULT 0
    COMMENT 'the loading that was put to work last; 0 before the first' AFTER epoch;
