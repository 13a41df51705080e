package dev.stampede.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampede.config.ConfigException;
import dev.stampede.sale.LatePayments;
import dev.stampede.sale.Reduction;
import dev.stampede.sale.Sale;
import dev.stampede.sale.Tier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SaleFileTest {
  private static final Instant NOW = Instant.parse("2026-05-01T10:00:00Z");
  private static final String SALE =
      """
      sales:
        - id: x
          title: X
          price: 12.50
          currency: EUR
          quantity: 10
          opensIn: 5m
          closesAt: 2026-05-02T00:00:00Z
          limitPerBuyer: 2
          reduction: RESERVE
          hold: 90s
      """;

  @TempDir private Path folder;

  @Test
  void read_always_understandsTheSample() {
    List<Sale> sales = SaleFile.read(TestShell.home().resolve("sales/sample.yaml"), NOW);

    assertThat(sales.stream().map(sale -> sale.terms().reduction()))
        .containsExactlyInAnyOrder(Reduction.values());
    assertThat(sales).allMatch(sale -> sale.terms().opensAt().equals(NOW));
  }

  @Test
  void read_always_turnsTextIntoSales() {
    Sale sale = read(SALE).getFirst();

    assertThat(sale.priceMinor()).isEqualTo(1250);
    assertThat(sale.description()).isEmpty();
    assertThat(sale.terms().opensAt()).isEqualTo(NOW.plusSeconds(300));
    assertThat(sale.terms().closesAt()).isEqualTo(Instant.parse("2026-05-02T00:00:00Z"));
    assertThat(sale.terms().holdTime()).isEqualTo(Duration.ofSeconds(90));
  }

  @Test
  void read_whenTextLooksLikeANumber_keepsItAsWritten() {
    List<Sale> sales = field("number-like-text.yaml");

    assertThat(sales).extracting(Sale::title).containsExactly("3.10", "1e3", "long price");
    assertThat(sales).extracting(Sale::description).containsExactly("12.50", "24.10", "");
    assertThat(sales.getLast().priceMinor()).isEqualTo(9_007_199_254_740_993L);
  }

  @Test
  void read_whenThereAreAliases_resolvesThem() {
    assertThat(field("alias.yaml")).extracting(Sale::title).containsOnly("Silver print");
    assertThat(field("alias.yaml")).extracting(Sale::description).containsOnly("A fine print");
  }

  @Test
  void read_whenATitleHas200CodePoints_isNotTooLong() {
    String lamps = "\uD83D\uDCA1".repeat(200);

    assertThat(read(SALE.replace("title: X", "title: " + lamps)).getFirst().title())
        .isEqualTo(lamps);
    assertThatThrownBy(() -> read(SALE.replace("title: X", "title: x" + lamps)))
        .hasMessage(file() + ": sales[1] (x): title must have 1 to 200 characters");
  }

  @Test
  void read_whenATextHasHalfASurrogatePair_isRefused() {
    assertThatThrownBy(() -> read(SALE.replace("title: X", "title: \"Lamp \\ud83d\"")))
        .hasMessageStartingWith(file() + ": sales[1] (x): title has an unpaired surrogate");
  }

  private static List<Sale> field(String name) {
    return SaleFile.read(Path.of("src/test/resources/field", name), NOW);
  }

  @Test
  void read_whenTheCurrencyHasNoDecimals_takesWholeAmounts() {
    String yen = SALE.replace("EUR", "JPY");

    assertThat(read(yen.replace("12.50", "1250")).getFirst().priceMinor()).isEqualTo(1250);
    assertComplaint(yen.replace("12.50", "12.5"), "price: found \"12.5\", expected an amount with");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id: x               | id: X_1          | id: found \"X_1\", expected 1 to 40",
        "price: 12.50        | price: 12.505    | price: found \"12.505\", expected an amount with",
        "currency: EUR       | currency: EURO   | currency: found \"EURO\", expected a currency",
        "price: 12.50        | price: 1e3       | price: found \"1e3\", expected an amount with",
        "quantity: 10        | quantity: 1e3    | quantity: found \"1e3\", expected units",
        "quantity: 10        | quantity: lots   | quantity: found \"lots\", expected units",
        "quantity: 10        | quanity: 10      | quanity: no such key; expected one of closesAt,",
        "opensIn: 5m         | opensIn: 5       | opensIn: found \"5\", expected a time such as",
        "opensIn: 5m         | opensAt: soon    | opensAt: found \"soon\", expected an instant",
        "reduction: RESERVE  | reduction: LATER | reduction: found \"LATER\", expected [AT_ORDER,",
        "hold: 90s           | hold: 1500ms     | hold: found \"1500ms\", expected whole seconds",
        "title: X            | title: [a, b]    | title: expected a single value",
      })
  void read_whenAValueIsWrong_namesFileSaleAndKey(String from, String to, String complaint) {
    assertComplaint(SALE.replace(from, to), complaint);
  }

  @Test
  void read_whenAKeyIsMissing_namesIt() {
    assertComplaint(SALE.replace("limitPerBuyer: 2", "description: y"), "limitPerBuyer: missing");
  }

  @Test
  void read_whenTheRulesAreBroken_namesTheSale() {
    assertThatThrownBy(() -> read(SALE.replace("2026-05-02", "2026-04-02")))
        .isInstanceOf(ConfigException.class)
        .hasMessage(file() + ": sales[1] (x): closesAt must be after opensAt");
  }

  @Test
  void read_whenPromoted_saysHowLongBefore() {
    assertThat(read(SALE).getFirst().promotion()).isEmpty();
    assertThat(read(SALE + "    promote: 10m\n").getFirst().promotion())
        .contains(Duration.ofMinutes(10));
    assertComplaint(SALE + "    promote: 1500ms\n", "promote: found \"1500ms\", expected whole");
    assertThatThrownBy(() -> read(SALE + "    promote: 169h\n"))
        .hasMessage(file() + ": sales[1] (x): promoteSeconds must be from 0 to 604800");
  }

  @Test
  void read_whenDedicated_saysSo() {
    assertThat(read(SALE).getFirst().tier()).isEqualTo(Tier.STANDARD);
    assertThat(read(SALE + "    tier: DEDICATED\n").getFirst().tier()).isEqualTo(Tier.DEDICATED);
    assertComplaint(
        SALE + "    tier: gold\n", "tier: found \"gold\", expected [STANDARD, DEDICATED]");
  }

  @Test
  void read_whenItSaysHowLongPaymentsMayBeLate_isUnderstood() {
    assertThat(read(SALE).getFirst().terms().latePayments()).isEqualTo(LatePayments.UNTIL_CLOSED);
    assertThat(read(SALE + "    latePayments: always\n").getFirst().terms().latePayments())
        .isEqualTo(LatePayments.ALWAYS);
    assertComplaint(
        SALE + "    latePayments: never\n",
        "latePayments: found \"never\", expected untilClosed or always");
  }

  @Test
  void read_whenOpeningIsGivenTwice_isRefused() {
    assertThatThrownBy(() -> read(SALE + "    opensAt: 2026-05-01T10:00:00Z\n"))
        .hasMessage(file() + ": sales[1]: expected either opensAt or opensIn");
  }

  @Test
  void read_whenAnIdStandsTwice_isRefused() {
    assertThatThrownBy(() -> read(SALE + SALE.substring("sales:\n".length())))
        .hasMessage(file() + ": sales[2].id: \"x\" stands there twice");
  }

  @ParameterizedTest
  @CsvSource({"'sales: []'", "'a: 1'", "'[1]'", "''"})
  void read_whenThereIsNoList_saysWhatIsExpected(String text) {
    assertThatThrownBy(() -> read(text))
        .hasMessage(file() + ": expected one key, sales, with a list of sales");
  }

  private void assertComplaint(String text, String complaint) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(file() + ": sales[1]." + complaint);
  }

  private List<Sale> read(String text) {
    try {
      return SaleFile.read(Files.writeString(file(), text), NOW);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Path file() {
    return folder.resolve("my.yaml");
  }
}
