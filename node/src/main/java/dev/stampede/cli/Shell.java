package dev.stampede.cli;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/**
 * What a command is surrounded by.
 *
 * @param out for what was asked for
 * @param err for everything else
 * @param folders where things are
 * @param environment the environment variables
 * @param terminal whether a person looks at {@code out} in a terminal
 */
public record Shell(
    PrintStream out,
    PrintStream err,
    Folders folders,
    Map<String, String> environment,
    boolean terminal) {

  /** That of this process. */
  public static Shell ofProcess() {
    Map<String, String> environment = System.getenv();
    boolean terminal =
        Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    return new Shell(
        utf8(FileDescriptor.out),
        utf8(FileDescriptor.err),
        Folders.of(environment),
        environment,
        terminal);
  }

  /** As files and other programs expect it, whatever the locale is. */
  private static PrintStream utf8(FileDescriptor stream) {
    return new PrintStream(new FileOutputStream(stream), true, StandardCharsets.UTF_8);
  }

  /** The same, with other variables. */
  Shell in(Map<String, String> other) {
    return new Shell(out, err, folders, Map.copyOf(other), terminal);
  }

  /** One line of what was asked for. */
  void say(String line) {
    out.println(line);
  }

  /** What a person answers to a question in the terminal; empty if nobody is there. */
  Optional<String> ask(String question) {
    return terminal
        ? Optional.ofNullable(System.console()).map(console -> console.readLine("%s", question))
        : Optional.empty();
  }

  /** One line beside what was asked for, as it happens. */
  void note(String line) {
    err.println(line);
  }

  /** The one line that a command ends with where it cannot go on. */
  public void complain(@Nullable String line) {
    err.println("stampede: " + line);
  }

  /** Colours, where somebody sees them and has not declined. */
  Ansi ansi(boolean declined) {
    String noColor = environment.getOrDefault("NO_COLOR", "");
    return terminal && !declined && noColor.isEmpty() ? Ansi.ON : Ansi.OFF;
  }
}
