package dev.stampede.load.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

final class TargetTest {
  private static final long NOW = Long.MAX_VALUE - 5;

  private final Target target = new Target(URI.create("http://127.0.0.1:8080/shop/"));

  @Test
  void admits_whenAllIsWell_everyCall() {
    assertThat(target.admits(NOW)).isTrue();
    assertThat(target.admits(NOW)).isTrue();
  }

  @Test
  void admits_afterAFailure_oneCallASecond() {
    target.failed(NOW);

    assertThat(target.admits(NOW + Target.LEFT_OUT_NANOS - 1)).isFalse();
    assertThat(target.admits(NOW + Target.LEFT_OUT_NANOS)).isTrue();
    assertThat(target.admits(NOW + Target.LEFT_OUT_NANOS + 1)).isFalse();
  }

  @Test
  void admits_onceItHasAnswered_everyCall() {
    target.failed(NOW);
    target.answered();

    assertThat(target.admits(NOW)).isTrue();
    assertThat(target.admits(NOW)).isTrue();
  }

  @Test
  void address_withAPath_isTakenApart() {
    assertThat(target.authority()).isEqualTo("127.0.0.1:8080");
    assertThat(target.basePath()).isEqualTo("/shop");
  }
}
