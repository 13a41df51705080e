package dev.stampede.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampede.config.ConfigException;
import dev.stampede.persistence.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunFileTest {
  private static final ProcessIdentity LIVE = ProcessIdentity.current();

  /** Above what any system gives out. */
  private static final ProcessIdentity DEAD = ProcessIdentity.of(99_999_999);

  @TempDir private Path data;

  @Test
  void find_whenNothingWasWritten_findsNothing() {
    assertThat(runFile().find()).isEmpty();
  }

  @Test
  void write_always_canBeReadAgain() {
    Run run =
        new Run(
            LIVE.pid(),
            LIVE.started(),
            3,
            new Run.Login("jdbc:mariadb://127.0.0.1:3307/stampede", "stampede", "no: \"thing\""),
            List.of(new Run.Member("node-1", "http://127.0.0.1:8080", "127.0.0.1:5701", 7)));

    runFile().claim(Run.begun(LIVE, 3));
    runFile().write(run);

    assertThat(runFile().find()).contains(run);
  }

  @Test
  void claim_always_keepsTheFileForItsOwner() throws IOException {
    runFile().claim(Run.begun(LIVE, 3));

    assertThat(Files.getPosixFilePermissions(file()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(Files.readString(file()))
        .startsWith("pid: " + LIVE.pid() + "\nstarted: \"" + LIVE.started() + "\"\n");
  }

  @Test
  void claim_whenAnotherRunLives_saysWhichAndWhatToDo() {
    runFile().claim(Run.begun(LIVE, 3));

    assertThatThrownBy(() -> runFile().claim(Run.begun(LIVE, 3)))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("in use by process " + LIVE.pid())
        .hasMessageContaining("set STAMPEDE_DATA");
  }

  @Test
  void claim_whenTheOtherRunHasEnded_takesItsPlace() {
    runFile().claim(Run.begun(DEAD, 3));

    assertThat(runFile().find()).isEmpty();
    runFile().claim(Run.begun(LIVE, 5));

    assertThat(runFile().find()).contains(Run.begun(LIVE, 5));
  }

  @Test
  void claim_whenTheNumberOfTheOtherRunIsUsedAgain_takesItsPlace() {
    runFile().claim(Run.begun(new ProcessIdentity(LIVE.pid(), "1"), 3));

    assertThat(runFile().find()).isEmpty();
    runFile().claim(Run.begun(LIVE, 5));

    assertThat(runFile().find()).contains(Run.begun(LIVE, 5));
  }

  @Test
  void remove_always_endsTheRun() {
    runFile().claim(Run.begun(LIVE, 3));

    runFile().remove();

    assertThat(data).isEmptyDirectory();
  }

  @Test
  void find_whenTheFileIsBroken_saysWhichAndWhatToDo() throws IOException {
    Files.writeString(file(), "pid: [1, 2]");

    assertThatThrownBy(() -> runFile().find())
        .isInstanceOf(ConfigException.class)
        .hasMessage(file() + ": not what `up` writes; delete it if nothing runs");
  }

  private RunFile runFile() {
    return new RunFile(data);
  }

  private Path file() {
    return data.resolve("run.yaml");
  }
}
