package dev.stampede.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is made here stays: the tests that start nodes after this one profit from it. */
final class PrepareIT {

  @TempDir private Path data;

  @Test
  void prepare_always_makesWhatTheNextJvmStartsFrom() throws IOException, InterruptedException {
    Folders folders = new Folders(TestShell.home(), data);
    try (Program prepare = Program.start(data, "prepare")) {
      assertThat(prepare.awaitEnd(Duration.ofMinutes(2))).as(prepare.output()).isZero();
    }

    assertThat(folders.startCache()).isNotEmptyFile();
    assertThat(data.resolve("prepare")).doesNotExist();
    // "on": a JVM that cannot use it ends with an error instead of doing without.
    List<String> command =
        List.of(
            Folders.java(),
            "@" + folders.jvmOptions(),
            "-XX:AOTCache=" + folders.startCache(),
            "-XX:AOTMode=on",
            "-jar",
            folders.nodeJar().toString(),
            "--help");
    Process help = new ProcessBuilder(command).inheritIO().start();
    assertThat(help.waitFor()).isZero();
  }
}
