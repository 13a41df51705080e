package dev.stampede.cli;

import dev.stampede.persistence.DatabaseStartException;
import dev.stampede.persistence.EmbeddedDatabase;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The embedded database in a process of its own, which {@code up} and {@code demo} start, so that
 * no node's end takes the database from the others.
 */
@Command(
    name = "db",
    hidden = true,
    header = "Runs the embedded database in the foreground.",
    description = "Ctrl-C, or SIGTERM, ends it in order. Its data stays in the data folder.")
public final class DbCommand implements Callable<Integer> {

  private final Shell shell;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Where it listens; taken is an error. Default: 3307 or the next free.")
  private @Nullable Integer port;

  @Option(names = ParentWatch.OPTION, hidden = true, description = "Ends when standard input does.")
  private boolean child;

  /** With its surroundings. */
  public DbCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (child) {
      ParentWatch.start(); // the database's own shutdown hook stops it
    }
    EmbeddedDatabase database = start();
    shell.say(
        new DatabaseReady(database.url(), database.user(), database.port(), database.pid())
            .toLine());
    int status = database.awaitEnd();
    throw CommandException.environment("the database server ended, with status " + status);
  }

  private EmbeddedDatabase start() {
    OptionalInt wanted = port == null ? OptionalInt.empty() : OptionalInt.of(port);
    try {
      return EmbeddedDatabase.start(shell.folders().data(), wanted);
    } catch (DatabaseStartException e) {
      throw CommandException.environment(Objects.toString(e.getMessage(), e.toString()));
    }
  }
}
