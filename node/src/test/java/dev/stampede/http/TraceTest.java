package dev.stampede.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TraceTest {

  private static final String ID = "0af7651916cd43dd8448eb211c80319c";
  private static final String SPAN = "b7ad6b7169203331";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00-" + ID + "-" + SPAN + "-01",
        "cc-" + ID + "-" + SPAN + "-01",
        "01-" + ID + "-" + SPAN + "-01-more"
      })
  void continuing_whenWellFormed_keepsTheTrace(String traceparent) {
    Trace trace = Trace.continuing(traceparent);

    assertThat(trace).isEqualTo(new Trace(ID, "01"));
    assertThat(trace.traceparent()).matches("00-" + ID + "-[0-9a-f]{16}-01").doesNotContain(SPAN);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "ff-" + ID + "-" + SPAN + "-01",
        "00-" + ID + "-" + SPAN + "-01-more",
        "00-" + ID + "-0000000000000000-01",
        "00-00000000000000000000000000000000-" + SPAN + "-01",
        "00-0AF7651916CD43DD8448EB211C80319C-" + SPAN + "-01"
      })
  void continuing_whenNotWellFormed_startsANewTrace(String traceparent) {
    assertThat(Trace.continuing(traceparent).id()).matches("[0-9a-f]{32}").isNotEqualTo(ID);
  }

  @Test
  void continuing_whenNothingIsSent_neverStartsTheSameTraceTwice() {
    assertThat(Trace.continuing(null)).isNotEqualTo(Trace.continuing(null));
  }
}
