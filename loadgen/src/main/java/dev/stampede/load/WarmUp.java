package dev.stampede.load;

import dev.stampede.load.buyer.ShopCalls;
import dev.stampede.load.http.Call;
import dev.stampede.load.plan.ArrivalSchedule;
import java.time.Duration;
import java.util.List;

/** Reads of the stock of all sales, at the rate of the run but not above 1,000 a second. */
record WarmUp(ArrivalSchedule schedule, List<String> sales) {
  private static final double HIGHEST_RATE = 1000;

  static WarmUp of(double rate, Duration duration, List<String> sales) {
    return new WarmUp(new ArrivalSchedule(Math.min(rate, HIGHEST_RATE), duration), sales);
  }

  Call call(long n) {
    return ShopCalls.stock(sales.get((int) (n % sales.size())));
  }
}
