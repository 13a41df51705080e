-- When a sale was hot, and how hot: to plan the next one by. One row a spell; the oldest ones are deleted.
CREATE TABLE hot_spell (
  sale               VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  since              BIGINT NOT NULL COMMENT 'milliseconds since 1970',
  until              BIGINT NOT NULL COMMENT 'milliseconds since 1970',
  peak_rate          DOUBLE NOT NULL COMMENT 'accesses per second in its busiest second',
  peak_purchase_rate DOUBLE NOT NULL COMMENT 'likewise, those that tried to buy',
  sources            SET ('kafka', 'nodes', 'static') NOT NULL COMMENT 'by whom it was found',
  PRIMARY KEY (sale, since),
  KEY newest (since, sale)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
