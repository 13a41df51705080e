-- What happened, kept for good. MariaDB 10.11 and later.
--
-- Writing: each transaction that touches a shard locks the shard's row first, so a shard has one
-- writer at a time and orders, counts and ledger agree at every commit.
-- Times are milliseconds since 1970 (UTC), as the grid decided them: no time zone can shift them.
-- There are no foreign keys below shards: the lock on the shard's row stands for them, and checking
-- one for each order costs time that a flash sale does not have.

-- What is offered, and on which terms. Never changes once published.
CREATE TABLE sales (
  id              VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  title           VARCHAR(200)  NOT NULL,
  description     VARCHAR(4000) NOT NULL,
  price_minor     BIGINT        NOT NULL COMMENT 'of one unit, in the smallest part of the currency',
  currency        CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'ISO 4217',
  quantity        BIGINT        NOT NULL COMMENT 'units issued when it was published',
  opens_at        BIGINT        NOT NULL,
  closes_at       BIGINT        NOT NULL,
  limit_per_buyer INT           NOT NULL COMMENT 'units, held and sold together',
  reduction       ENUM ('AT_ORDER', 'RESERVE', 'AT_PAYMENT') NOT NULL,
  hold_millis     BIGINT        NOT NULL COMMENT 'how long an unpaid order keeps its units',
  shards          SMALLINT      NOT NULL COMMENT 'over how many its stock is spread',
  PRIMARY KEY (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Where the units of each shard are, after its change number seq.
-- issued = available + held + sold + withdrawn, always.
CREATE TABLE shards (
  sale      VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  shard     SMALLINT    NOT NULL,
  epoch     INT         NOT NULL COMMENT 'how often the grid has loaded it; older ones are refused',
  seq       BIGINT      NOT NULL COMMENT 'its newest change; 0 before the first',
  chain     BINARY(32)  NOT NULL COMMENT 'the hash of that change; zeros before the first',
  at        BIGINT      NOT NULL COMMENT 'when that change was decided; 0 before the first',
  issued    BIGINT      NOT NULL,
  available BIGINT      NOT NULL,
  held      BIGINT      NOT NULL,
  sold      BIGINT      NOT NULL,
  withdrawn BIGINT      NOT NULL,
  frozen    BOOLEAN     NOT NULL COMMENT 'selling is stopped',
  closed    BOOLEAN     NOT NULL COMMENT 'selling has ended for good',
  PRIMARY KEY (sale, shard),
  FOREIGN KEY (sale) REFERENCES sales (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Every order that a shard ever took, as its newest change left it. The orders of a shard lie
-- together: it is loaded in one sweep.
CREATE TABLE orders (
  sale       VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  shard      SMALLINT    NOT NULL,
  order_key  BINARY(16)  NOT NULL COMMENT 'follows from buyer and Idempotency-Key',
  buyer      VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  quantity   INT         NOT NULL,
  state      ENUM ('HELD', 'AWAITING_PAYMENT', 'PLACED', 'PAID', 'CANCELLED', 'EXPIRED') NOT NULL,
  created_at BIGINT      NOT NULL,
  held_until BIGINT      NOT NULL COMMENT 'when it ends unless paid; 0 where it never does',
  payment    VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'empty: none yet',
  seq        BIGINT      NOT NULL COMMENT 'the change that last touched it',
  PRIMARY KEY (sale, shard, order_key)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Payments that have to go back.
CREATE TABLE refunds (
  sale      VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  shard     SMALLINT    NOT NULL,
  order_key BINARY(16)  NOT NULL,
  payment   VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reason    ENUM ('SOLD_OUT', 'LIMIT_REACHED', 'PAID_ALREADY', 'ORDER_CANCELLED', 'SALE_FROZEN')
            NOT NULL,
  seq       BIGINT      NOT NULL COMMENT 'the change that decided it',
  PRIMARY KEY (sale, shard, order_key, payment)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Restocks and withdrawals by operators.
CREATE TABLE adjustments (
  sale     VARCHAR(40)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  shard    SMALLINT     NOT NULL,
  id       VARCHAR(400) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'who asked, and as what',
  kind     ENUM ('RESTOCK', 'WITHDRAW') NOT NULL,
  quantity BIGINT       NOT NULL,
  seq      BIGINT       NOT NULL COMMENT 'the change that carried it out',
  PRIMARY KEY (sale, shard, id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- The chain of changes of each shard, without gaps: chain = SHA-256(chain of seq - 1, body).
CREATE TABLE ledger (
  sale  VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  shard SMALLINT    NOT NULL,
  seq   BIGINT      NOT NULL,
  epoch INT         NOT NULL,
  at    BIGINT      NOT NULL,
  chain BINARY(32)  NOT NULL,
  body  MEDIUMBLOB  NOT NULL COMMENT 'the canonical form of the change',
  PRIMARY KEY (sale, shard, seq)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
