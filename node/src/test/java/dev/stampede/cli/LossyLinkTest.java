package dev.stampede.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LossyLinkTest {

  private static final int FRAMES = 1_000;

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final Queue<Byte> arrived = new ConcurrentLinkedQueue<>();
  private final LossyLink link = new LossyLink(frame -> arrived.add(frame[0]), timer, 1);

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  @Test
  void send_whenPerfect_deliversAtOnce() {
    sendAll();

    assertThat(arrived).hasSize(FRAMES);
    assertThat(link.dropped() + link.delayed() + link.repeated()).isZero();
  }

  @Test
  void send_whenCut_deliversNothingUntilHealed() {
    link.become(LinkQuality.CUT);
    sendAll();
    assertThat(arrived).isEmpty();
    assertThat(link.dropped()).isEqualTo(FRAMES);

    link.become(LinkQuality.PERFECT);
    sendAll();
    assertThat(arrived).hasSize(FRAMES);
  }

  @Test
  void send_whenLosing_dropsAboutThatPart() {
    link.become(LinkQuality.losing(0.05));
    sendAll();

    assertThat(link.dropped()).isBetween(20L, 100L);
    assertThat(arrived).hasSize(FRAMES - (int) link.dropped());
  }

  @Test
  void send_whenLate_deliversLaterSomeTwiceAndInAnotherOrder() {
    Duration delay = Duration.ofMillis(100);
    link.become(new LinkQuality(0, 0.05, delay, delay.dividedBy(2)));
    link.send(new byte[] {1});
    assertThat(arrived).isEmpty();

    sendAll();
    await().until(() -> arrived.size() == 1 + FRAMES + link.repeated());
    assertThat(link.repeated()).isBetween(20L, 100L);
    assertThat(link.delayed()).isEqualTo(arrived.size());
    assertThat(arrived.stream().toList()).isNotEqualTo(arrived.stream().sorted().toList());
  }

  private void sendAll() {
    for (int frame = 0; frame < FRAMES; frame++) {
      link.send(new byte[] {(byte) (frame * 128 / FRAMES)});
    }
  }
}
