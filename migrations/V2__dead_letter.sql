-- What a side that lost its shard to another history had not stored yet. Nothing reads it but people:
-- buyers were told of these orders, so somebody has to make good for them.
CREATE TABLE dead_letter (
  sale     VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  shard    SMALLINT     NOT NULL,
  seq      BIGINT       NOT NULL COMMENT 'the number that the change had in its history',
  base     BINARY(32)   NOT NULL COMMENT 'the hash of the change before it',
  chain    BINARY(32)   NOT NULL COMMENT 'its hash',
  body     MEDIUMBLOB   NOT NULL COMMENT 'its canonical form',
  reason   VARCHAR(500) NOT NULL,
  noted_at BIGINT       NOT NULL COMMENT 'milliseconds since 1970',
  PRIMARY KEY (sale, shard, seq, chain)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
