package dev.stampede.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A roll that does not begin leaves everything as it was, and says why. */
final class RollRefusalIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir private Path data;

  @Test
  void roll_whenItCannotGoWell_refusesAndSaysWhy() {
    assertThat(roll()).startsWith("stampede: nothing runs from " + data + ": start nodes by ");

    try (Program up = Program.start(data, "up", "--nodes", "1")) {
      up.awaitOutput("ready in ");
      Run.Member only = new RunFile(data).find().orElseThrow().nodes().getFirst();

      assertThat(roll())
          .startsWith("stampede: no node was restarted: with 1 nodes, nothing could be bought");
      ProcessHandle node = ProcessHandle.of(only.pid()).orElseThrow();
      assertThat(node.destroyForcibly()).isTrue();
      up.awaitOutput("node-1 ended with status 137");

      assertThat(roll())
          .startsWith("stampede: no node was restarted: node-1 ended with status 137: ");
      up.stop();
      up.awaitNothingLeft();
    }
  }

  private String roll() {
    try (Program roll = Program.start(data, "roll")) {
      assertThat(roll.awaitEnd(LIMIT)).isEqualTo(ExitCode.ENVIRONMENT);
      return roll.output();
    }
  }
}
