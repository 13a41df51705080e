package dev.stampede.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampede.order.BuyerId;
import dev.stampede.order.OrderKey;
import dev.stampede.sale.SaleId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

final class HmacOrderKeysTest {

  private static final String SECRET =
      Base64.getEncoder()
          .encodeToString("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
  private static final SaleId SALE = new SaleId("sale");
  private static final BuyerId ANN = new BuyerId("ann");

  private final HmacOrderKeys keys = new HmacOrderKeys(SECRET);

  @Test
  void keyFor_always_isTheStartOfTheHash() throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(Base64.getDecoder().decode(SECRET), "HmacSHA256"));
    ByteBuffer input = ByteBuffer.allocate(22);
    for (String part : new String[] {"sale", "ann", "né"}) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      input.putInt(bytes.length).put(bytes);
    }
    ByteBuffer hash = ByteBuffer.wrap(mac.doFinal(input.array()));

    assertThat(keys.keyFor(SALE, ANN, "né"))
        .isEqualTo(new OrderKey(hash.getLong(), hash.getLong()));
  }

  @Test
  void keyFor_whenPartsAreCutElsewhere_differs() {
    assertThat(keys.keyFor(new SaleId("ab"), new BuyerId("c"), "d"))
        .isNotEqualTo(keys.keyFor(new SaleId("a"), new BuyerId("bc"), "d"))
        .isNotEqualTo(keys.keyFor(new SaleId("ab"), new BuyerId("cd"), ""));
  }

  @Test
  void keyFor_underAnotherSecret_differs() {
    HmacOrderKeys others = new HmacOrderKeys(SECRET.replace('M', 'N'));

    assertThat(others.keyFor(SALE, ANN, "k")).isNotEqualTo(keys.keyFor(SALE, ANN, "k"));
  }

  @Test
  void keyFor_whenAskedByManyThreads_isTheSame() {
    Set<OrderKey> seen =
        IntStream.range(0, 10_000)
            .parallel()
            .mapToObj(i -> keys.keyFor(SALE, ANN, "k"))
            .collect(Collectors.toSet());

    assertThat(seen).containsExactly(keys.keyFor(SALE, ANN, "k"));
  }

  @Test
  void secret_whenWeakOrNone_isRefusedWithoutBeingNamed() {
    assertThatThrownBy(() -> new HmacOrderKeys("c2hvcnQ="))
        .hasMessage("the secret orderId must have 32 bytes or more");
    assertThatThrownBy(() -> new HmacOrderKeys("not base64!"))
        .hasMessage("the secret orderId is not base64")
        .hasNoCause();
  }
}
