package dev.stampede.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said where the embedded database cannot run; the rest needs the real one. */
final class EmbeddedDatabaseTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"Mac OS X,aarch64", "Linux,aarch64", "Windows 11,amd64"})
  void requirePlatform_whenThereIsNoServerForIt_asksForOnesOwn(String system, String processor) {
    assertThatThrownBy(() -> EmbeddedDatabase.requirePlatform(system, processor))
        .isInstanceOf(DatabaseStartException.class)
        .hasMessageContaining(system + " on " + processor)
        .hasMessageContaining("STAMPEDE_DB_URL");
  }

  @Test
  void requirePlatform_whenLinuxOnX86_isSatisfied() {
    assertThatNoException().isThrownBy(() -> EmbeddedDatabase.requirePlatform("Linux", "amd64"));
  }

  @ParameterizedTest
  @CsvSource({
    "libsystemd.so.0,libsystemd0",
    "libstdc++.so.6,libstdc++6",
    "libgcc_s.so.1,libgcc-s1",
    "liblz4.so.1,liblz4-1"
  })
  void explain_whenSharedLibraryIsMissing_namesItAndItsPackage(String library, String aptPackage)
      throws IOException {
    String said = "mariadbd: error while loading shared libraries: " + library + ": cannot open";

    assertThat(explain(said)).contains(library).contains("apt-get install " + aptPackage + ")");
  }

  @ParameterizedTest
  @CsvSource({
    "[ERROR] InnoDB: preallocating 268435456 bytes for file failed with error 28, disk is full",
    "[ERROR] mariadbd: Error writing file (Errcode: 28 No space left on device), disk is full",
    "[ERROR] InnoDB: Unable to lock ./ibdata1 error: 11, in use by another server",
    "[ERROR] Can't start server: Bind on TCP/IP port. Got error: 98, its port is taken",
    "version `GLIBC_2.28' not found, STAMPEDE_DB_URL",
    "[ERROR] Aborting for a reason of its own, Aborting for a reason of its own",
    "all is well, it gave no reason"
  })
  void explain_whenServerSaysWhy_saysWhatToDo(String said, String expected) throws IOException {
    assertThat(explain(said)).contains(expected);
  }

  @Test
  void explain_whenFileFails_saysWhatToDo() {
    IOException failure = new FileSystemException("ibdata1", null, "No space left on device");

    assertThat(ServerLog.explain(failure)).contains("STAMPEDE_DATA");
  }

  /** Only what was said since the start counts. */
  private String explain(String said) throws IOException {
    Path file = folder.resolve("mariadb.log");
    Files.writeString(file, "[ERROR] an earlier failure: No space left on device\n");
    ServerLog log = ServerLog.startingNow(file);
    Files.writeString(file, Files.readString(file) + said + "\n");
    return log.explain();
  }
}
