-- A buyer is whoever the identity provider says: any text of up to 255 characters. Two that differ in
-- case, in an accent or in a blank at the end are two buyers, so nothing but equal bytes is equal:
-- utf8mb4_bin would still pad with blanks.
ALTER TABLE orders
  MODIFY buyer VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL
    COMMENT 'the subject of its token';
