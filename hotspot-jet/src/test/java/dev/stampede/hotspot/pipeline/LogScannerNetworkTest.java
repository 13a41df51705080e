package dev.stampede.hotspot.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nobody else on a machine can reach the member that a scan runs in. */
final class LogScannerNetworkTest {

  private static final Path PROCESS = Path.of("/proc/self");

  /** In /proc/net/tcp. */
  private static final int STATE = 3;

  private static final int INODE = 9;
  private static final String LISTENS = "0A";

  @Test
  void scanner_always_listensNowhere() throws IOException {
    assumeThat(PROCESS.resolve("net/tcp")).as("a list of sockets, as Linux has it").exists();
    Set<String> before = listening();

    try (LogScanner _ = new LogScanner()) {
      assertThat(listening()).isEqualTo(before);
    }
  }

  /** The sockets of this process that others can connect to, by their numbers. */
  private static Set<String> listening() throws IOException {
    Set<String> inodes =
        Stream.concat(lines("net/tcp"), lines("net/tcp6"))
            .map(line -> List.of(line.strip().split("\\s+")))
            .filter(fields -> fields.get(STATE).equals(LISTENS))
            .map(fields -> "socket:[" + fields.get(INODE) + "]")
            .collect(Collectors.toCollection(HashSet::new));
    inodes.retainAll(open());
    return inodes;
  }

  private static Stream<String> lines(String file) throws IOException {
    Path path = PROCESS.resolve(file);
    return Files.exists(path) ? Files.readAllLines(path).stream().skip(1) : Stream.empty();
  }

  private static Set<String> open() throws IOException {
    Set<String> open = new HashSet<>();
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(PROCESS.resolve("fd"))) {
      for (Path descriptor : descriptors) {
        try {
          open.add(Files.readSymbolicLink(descriptor).toString());
        } catch (NoSuchFileException _) {
          // closed meanwhile
        }
      }
    }
    return open;
  }
}
