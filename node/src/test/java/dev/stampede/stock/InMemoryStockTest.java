package dev.stampede.stock;

import dev.stampede.sale.Sale;

final class InMemoryStockTest extends StockContract {

  private final InMemoryStock stock = new InMemoryStock(System::currentTimeMillis);

  @Override
  protected Stock stock() {
    return stock;
  }

  @Override
  protected void publish(Sale sale) {
    stock.publish(sale);
  }
}
