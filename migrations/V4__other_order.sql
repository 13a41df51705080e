-- A payment may name another buyer or quantity than its order has.
ALTER TABLE refunds
  MODIFY reason ENUM ('SOLD_OUT', 'LIMIT_REACHED', 'PAID_ALREADY', 'ORDER_CANCELLED', 'SALE_FROZEN',
                      'OTHER_ORDER') NOT NULL;
