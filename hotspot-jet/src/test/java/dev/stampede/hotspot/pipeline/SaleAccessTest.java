package dev.stampede.hotspot.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SaleAccessTest {

  @ParameterizedTest
  @CsvSource({
    "GET, /api/sales/x, x, false",
    "GET, /api/sales/aurora-headphones/stock, aurora-headphones, false",
    "GET, /api/sales/x/stock?fresh=1&y=/orders, x, false",
    "GET, /api/sales/x?, x, false",
    "GET, http://shop.example/api/sales/x/stock, x, false",
    "GET, /api/sales/%61urora/st%6Fck, aurora, false",
    "POST, /api/sales/x/orders, x, true",
    "POST, /api/sales/x/orders?a=%22, x, true",
    "GET, /api/sales/1234567890123456789012345678901234567890,"
        + " 1234567890123456789012345678901234567890, false"
  })
  void of_whenTheRequestIsAboutASale_namesIt(
      String method, String target, String sale, boolean purchase) {
    assertThat(access(method, target)).contains(new SaleAccess(sale, purchase));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /",
    "GET, /api/sales",
    "GET, /api/sales/",
    "GET, /api/sales//stock",
    "GET, /api/sales/x/",
    "GET, /api/sales/x/orders",
    "GET, /api/sales/x/stock/more",
    "GET, /api/sales/x%2Fstock",
    "POST, /api/sales/x",
    "POST, /api/sales/x/stock",
    "HEAD, /api/sales/x",
    "GET, /api/admin/sales/x",
    "GET, /other/api/sales/x",
    "GET, /?/api/sales/x",
    "GET, http://shop.example?/api/sales/x",
    "GET, http:/api/sales/x",
    "GET, /API/sales/x",
    "GET, *",
    "'', ''"
  })
  void of_whenTheRequestIsAboutSomethingElse_isEmpty(String method, String target) {
    assertThat(access(method, target)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X",
        "-x",
        "x-",
        "x--y",
        "..",
        "x%2Fy",
        "x%00",
        "x%2",
        "x%",
        "%zz",
        "x\\x22",
        "x y",
        "x;a=1",
        "%C3%A9",
        "12345678901234567890123456789012345678901"
      })
  void of_whenTheNameHasAnotherForm_inventsNoSale(String name) {
    assertThat(access("GET", "/api/sales/" + name + "/stock")).isEmpty();
    assertThat(access("POST", "/api/sales/" + name + "/orders")).isEmpty();
  }

  private static Optional<SaleAccess> access(String method, String target) {
    return SaleAccess.of(new AccessLogLine(0, method, target));
  }
}
