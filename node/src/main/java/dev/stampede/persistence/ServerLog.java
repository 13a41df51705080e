package dev.stampede.persistence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What the database server said since one moment, and what it means for the person who started it.
 *
 * @param file the server's log, which grows from start to start
 * @param from its size in bytes at that moment
 */
record ServerLog(Path file, long from) {

  /** A cause that a server's log tells, and the remedy. */
  private record Cause(Pattern pattern, Function<MatchResult, String> explanation) {
    static Cause of(String regex, String explanation) {
      return new Cause(Pattern.compile(regex), match -> explanation);
    }
  }

  private static final Pattern PORT_TAKEN =
      Pattern.compile("Bind on TCP/IP port|Address already in use");

  private static final List<Cause> CAUSES =
      List.of(
          new Cause(
              Pattern.compile("error while loading shared libraries: lib(\\S+)\\.so\\.(\\d+)"),
              match -> missingLibrary(match.group(1), match.group(2))),
          Cause.of(
              "version `GLIBC",
              "this system's C library is too old for it; set STAMPEDE_DB_URL to your own server"),
          Cause.of(
              "No space left on device|err(or|no):? 28\\b|Disk (is )?full",
              "the disk is full; make room, or set STAMPEDE_DATA to a folder on another disk"),
          Cause.of(
              "Unable to lock \\./ibdata1|Can't lock aria control file",
              "its folder is in use by another server; stop that one"),
          new Cause(PORT_TAKEN, match -> "its port is taken"),
          Cause.of(
              "Permission denied|AccessDenied|err(or|no):? 13\\b",
              "this user may not read or write its folder; mend its owner"));

  private static final Pattern ERROR = Pattern.compile("\\[ERROR] (.*)");

  static ServerLog startingNow(Path file) throws IOException {
    return new ServerLog(file, Files.exists(file) ? Files.size(file) : 0);
  }

  /** Why the server did not start, in a part of a line. */
  String explain() {
    String text = text();
    return knownCause(text)
        .or(() -> ERROR.matcher(text).results().map(match -> match.group(1)).findFirst())
        .orElse("it gave no reason");
  }

  /** Whether the server ended because another process listens on its port. */
  boolean isPortTaken() {
    return PORT_TAKEN.matcher(text()).find();
  }

  /** Why a file of the server's cannot be used, in a part of a line. */
  static String explain(IOException failure) {
    return knownCause(failure.toString()).orElse(failure.toString());
  }

  private static Optional<String> knownCause(String text) {
    return CAUSES.stream()
        .flatMap(cause -> cause.pattern().matcher(text).results().limit(1).map(cause.explanation()))
        .findFirst();
  }

  private String text() {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      channel.position(from);
      ByteBuffer buffer = ByteBuffer.allocate(64 * 1024); // a start writes about 5 KB
      while (buffer.hasRemaining() && channel.read(buffer) >= 0) {}
      return StandardCharsets.UTF_8.decode(buffer.flip()).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Debian's rule of naming: {@code libstdc++.so.6} is in {@code libstdc++6}. */
  private static String missingLibrary(String name, String version) {
    String dashed = "lib" + name.replace('_', '-');
    boolean endsInDigit = Character.isDigit(dashed.charAt(dashed.length() - 1));
    String aptPackage = dashed + (endsInDigit ? "-" : "") + version;
    return "the shared library lib%s.so.%s is missing; install it (Debian, Ubuntu: apt-get install %s)"
        .formatted(name, version, aptPackage);
  }
}
