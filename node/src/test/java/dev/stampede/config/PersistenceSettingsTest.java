package dev.stampede.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PersistenceSettingsTest {

  private static final long MIB = 1 << 20;
  private static final PersistenceSettings SHIPPED =
      new PersistenceSettings(1_000_000, Duration.ofMinutes(50));
  private static final PersistenceSettings LARGEST =
      new PersistenceSettings(PersistenceSettings.MAX_BACKLOG, Duration.ofHours(24));

  @Test
  void requireRoom_asShipped_fitsTheHeapOfANode() {
    assertThatCode(() -> SHIPPED.requireRoom(2_048 * MIB)).doesNotThrowAnyException();
  }

  @Test
  void requireRoom_whenOneFullBacklogDoesNotFit_saysWhatItNeedsAndWhatToDo() {
    long needed = Math.ceilDiv(10_000_000L * PersistenceSettings.BYTES_PER_ORDER, MIB);
    long most = 1_024 * MIB / PersistenceSettings.BYTES_PER_ORDER;

    assertThatThrownBy(() -> LARGEST.requireRoom(2_048 * MIB))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "persistence.maxBacklog: 10000000 orders that wait take "
                + needed
                + " MiB, more than half of this node's heap of 2048 MiB: lower it to "
                + most
                + " or less (STAMPEDE_PERSISTENCE_MAX_BACKLOG), or ask for a larger heap"
                + " (STAMPEDE_JAVA_OPTS=-Xmx"
                + 2 * needed
                + "m)");
    assertThatCode(() -> LARGEST.requireRoom(2 * needed * MIB)).doesNotThrowAnyException();
  }

  @Test
  void backupGrace_always_isLongerThanTheOutageByTheTimeToCatchUp() {
    assertThat(SHIPPED.backupGrace()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void summary_always_saysWhatRateIsBridged() {
    assertThat(SHIPPED.summary())
        .isEqualTo(
            "the database may be away for 50m while a shard changes up to 333 orders/s; with"
                + " 1,000,000 waiting, new orders are refused (persistence.maxBacklog)");
    assertThat(LARGEST.summary()).contains("24h", "115 orders/s", "10,000,000");
  }
}
