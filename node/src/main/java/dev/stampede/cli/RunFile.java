package dev.stampede.cli;

import dev.stampede.config.ConfigException;
import dev.stampede.config.YamlFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** {@code run.yaml}: written by who starts a cluster, read by every other command. */
final class RunFile {

  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private static final YAMLMapper MAPPER =
      YAMLMapper.builder().disable(YAMLWriteFeature.WRITE_DOC_START_MARKER).build();

  private final Path file;

  RunFile(Path dataFolder) {
    this.file = dataFolder.resolve(Run.FILE);
  }

  /** What runs now; empty where nothing does, whatever an ended run left behind. */
  Optional<Run> find() {
    return Files.exists(file) ? Optional.of(read()).filter(Run::isAlive) : Optional.empty();
  }

  /**
   * Begins a run: from now on this data folder is in use.
   *
   * @throws CommandException where another run uses it
   */
  void claim(Run run) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      if (link(run) || (isStale() && link(run))) {
        return;
      }
    } catch (IOException e) {
      throw CommandException.environment(file + ": cannot be written: " + e.getMessage());
    }
    throw CommandException.environment(
        "this data folder is in use by process "
            + read().pid()
            + " ("
            + file
            + "): stop that one, or set STAMPEDE_DATA to another folder");
  }

  /** Says more of the run that was claimed. */
  void write(Run run) {
    try {
      var _ =
          Files.move(
              draft(run),
              file,
              StandardCopyOption.ATOMIC_MOVE,
              StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw CommandException.environment(file + ": cannot be written: " + e.getMessage());
    }
  }

  /** Ends the run. */
  void remove() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isStale() throws IOException {
    return find().isEmpty() && Files.deleteIfExists(file);
  }

  /** Creates the file whole or not at all; false where it is there. */
  private boolean link(Run run) throws IOException {
    Path draft = draft(run);
    try {
      Files.createLink(file, draft);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } finally {
      Files.delete(draft);
    }
  }

  /** The password of the database is in it, so it is its owner's only. */
  private Path draft(Run run) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Path draft = Files.createTempFile(folder, "run.yaml", ".new", OWNER_ONLY);
    return Files.writeString(draft, MAPPER.writeValueAsString(run));
  }

  private Run read() {
    try {
      return MAPPER.treeToValue(YamlFile.read(file), Run.class);
    } catch (JacksonException e) {
      throw new ConfigException(file + ": not what `up` writes; delete it if nothing runs");
    }
  }
}
