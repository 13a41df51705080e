package dev.stampede.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is made here stays: the tests that start nodes after this one profit from it. */
final class PrepareIT {

  @TempDir private Path data;

  @Test
  void prepare_always_makesWhatTheNextJvmStartsFrom() throws IOException, InterruptedException {
    Folders folders = new Folders(TestShell.home(), data);
    Path learned = data.resolve("command.aot");
    List<String> recording =
        javaWith("-XX:AOTCacheOutput=" + learned, "-jar", folders.nodeJar().toString());
    try (Program prepare = Program.start(data, recording, "prepare")) {
      assertThat(prepare.awaitEnd(Duration.ofMinutes(4))).as(prepare.output()).isZero();
    }

    assertThat(folders.startCache()).isNotEmptyFile();
    assertThat(data.resolve("prepare")).doesNotExist();
    assertStartsFrom(folders.startCache(), List.of(Folders.java(), "@" + folders.jvmOptions()));
    assertStartsFrom(learned, javaWith());
  }

  /** As the launcher runs commands. */
  private static List<String> javaWith(String... more) {
    return Stream.concat(
            Stream.of(Folders.java(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m"),
            Stream.of(more))
        .toList();
  }

  /** "on": a JVM that cannot use it ends with an error instead of doing without. */
  private void assertStartsFrom(Path learned, List<String> java)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(java);
    command.addAll(
        List.of(
            "-XX:AOTCache=" + learned,
            "-XX:AOTMode=on",
            "-jar",
            new Folders(TestShell.home(), data).nodeJar().toString(),
            "--help"));
    Process help = new ProcessBuilder(command).inheritIO().start();
    assertThat(help.waitFor()).isZero();
  }
}
