package dev.stampede.cli;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Where a database lives that is for one run only: a part of the data folder that begins empty and
 * is thrown away in the end, so that the run can be repeated and touches nothing that is to stay.
 */
final class ScratchFolder {

  private final Folders folders;

  /** One of this name in a data folder. */
  ScratchFolder(Folders folders, String name) {
    this.folders = new Folders(folders.home(), folders.data().resolve(name));
  }

  /** Ends and removes what an earlier run left behind when it was killed. */
  void clear() {
    if (Files.exists(folders.data())) {
      // A start ends whatever server still runs on these files.
      DatabaseProcess.start(folders, OptionalInt.empty()).stop();
      remove();
    }
  }

  Folders folders() {
    return folders;
  }

  /** Throws it away. */
  void remove() {
    if (Files.notExists(folders.data())) {
      return;
    }
    try {
      var _ = Files.walkFileTree(folders.data(), new Removal());
    } catch (IOException e) {
      throw CommandException.environment(folders.data() + ": cannot be removed: " + e.getMessage());
    }
  }

  private static final class Removal extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
        throws IOException {
      if (failure != null) {
        throw failure;
      }
      Files.delete(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
