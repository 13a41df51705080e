package dev.stampede.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RollNewsTest {

  @ParameterizedTest
  @MethodSource("news")
  void of_always_readsWhatLineWrote(RollNews news) {
    assertThat(RollNews.of(news.line())).isEqualTo(news);
  }

  private static Stream<RollNews> news() {
    return Stream.of(
        new RollNews.Begun("node-1"),
        new RollNews.Done("node-1       drained   3.7 s"),
        new RollNews.Ended(0, "3 nodes restarted in 9.8 s"),
        new RollNews.Ended(3, ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hello", "node-1 drained"})
  void of_whenItIsNoNews_saysWhatCame(String line) {
    assertThatThrownBy(() -> RollNews.of(line))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("`up` says \"" + line + "\"");
  }
}
