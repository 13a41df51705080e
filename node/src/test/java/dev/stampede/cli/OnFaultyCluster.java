package dev.stampede.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Tests that share one cluster; each leaves it whole. Skipped where there are no namespaces. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OnFaultyCluster {

  /** Until the nodes have noticed that one of them is gone, and go on without it. */
  static final Duration NOTICED = Duration.ofSeconds(25);

  @TempDir static Path data;
  private final int size;
  FaultyCluster cluster;

  OnFaultyCluster(int size) {
    this.size = size;
  }

  @BeforeAll
  void start() throws IOException {
    assumeTrue(Namespaces.obstacle().isEmpty(), Namespaces::obstacle);
    cluster = new FaultyCluster(data, size);
  }

  /** What a failed test has left broken is no fault of the next one. */
  @BeforeEach
  void mend() throws IOException {
    cluster.mend();
  }

  @AfterAll
  void stop() throws IOException {
    if (cluster != null) {
      cluster.close();
    }
  }
}
