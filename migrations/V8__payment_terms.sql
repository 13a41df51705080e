-- Whether an expired order may still be paid after an operator has closed its sale.
ALTER TABLE sales
  ADD COLUMN late_payments VARCHAR(12) NOT NULL DEFAULT 'UNTIL_CLOSED' COMMENT 'UNTIL_CLOSED, or ALWAYS';

-- A payment may be of another amount than its order costs, or come after an operator closed the sale.
ALTER TABLE refunds
  MODIFY reason ENUM ('SOLD_OUT', 'LIMIT_REACHED', 'PAID_ALREADY', 'ORDER_CANCELLED', 'SALE_FROZEN',
                      'OTHER_ORDER', 'AMOUNT_DIFFERS', 'SALE_CLOSED') NOT NULL;
