package dev.stampede.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.load.fake.Fault;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole tool against a fake shop that does not stand still while it is asked. */
final class RestlessShopTest extends LoadScene {
  @Test
  void run_whenTheShopNeverRests_passes() throws IOException {
    int code = run(stock(1000, Fault.NEVER_RESTS), 1, "--settle", "10s");

    assertThat(code).as(printed.toString()).isZero();
    assertThat(report().path("violations")).isEmpty();
  }

  /** What the figures hide while others buy and cancel all the time is found all the same. */
  @ParameterizedTest
  @CsvSource({
    "LOSES_AN_ORDER, LOST_ORDER",
    "SELLS_IN_SECRET, UNTOLD_ORDER",
    "IGNORES_LIMIT, OVER_LIMIT",
    "LOSES_A_UNIT, UNBALANCED",
    "FORGETS_PAYMENTS, WRONG_STATE",
    "STORES_OTHER_COUNTS, GRID_DATABASE_DIFFER",
    "STOPS_STORING, NOT_SETTLED"
  })
  void run_whenTheShopNeverRestsAndIsAtFault_fails(Fault fault, String violation)
      throws IOException {
    int code = run(stock(600, fault, Fault.NEVER_RESTS), 1, "--settle", "2s");

    assertThat(code).as(printed.toString()).isEqualTo(1);
    assertThat(report().path("violations").findValuesAsString("kind")).contains(violation);
  }

  @Test
  void run_whenAnAuditTakesLongerThanACall_waitsForIt() throws IOException {
    int code = run(stock(1000, Fault.AUDITS_SLOWLY), 1, "--timeout", "1s");

    assertThat(code).as(printed.toString()).isZero();
  }

  @Test
  void run_whenTheServersCannotBeAskedAnyMore_keepsItsReport() throws IOException {
    int code = run(stock(1000, Fault.STOPS_AUDITING), 1);

    assertThat(code).as(printed.toString()).isEqualTo(1);
    assertThat(report().path("verdict").asString()).isEqualTo("invalid");
    assertThat(report().at("/outcomes/reserved").asInt()).isPositive();
    assertThat(report().path("notes").toString()).contains("403");
  }
}
