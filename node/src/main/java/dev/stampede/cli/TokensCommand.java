package dev.stampede.cli;

import dev.stampede.config.Durations;
import dev.stampede.order.BuyerId;
import dev.stampede.security.Identity;
import dev.stampede.security.Tokens;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Signed tokens. */
@Command(
    name = "tokens",
    header = "Prints signed tokens, one a line.",
    description =
        "For load tools that bring their own buyers: token N speaks for the buyer PREFIXN. They are"
            + " signed with the secret of data/secrets.yaml, or STAMPEDE_JWT_SECRET, which must be"
            + " the nodes' own.")
public final class TokensCommand implements Callable<Integer> {

  /** Signed in parallel, written in order: enough to keep every processor busy, small in memory. */
  private static final int CHUNK = 10_000;

  private static final int MAX_COUNT = 10_000_000;

  private final Shell shell;

  @Option(
      names = "--count",
      paramLabel = "N",
      required = true,
      description = "How many, 1 to " + MAX_COUNT + ".")
  private int count;

  @Option(
      names = "--prefix",
      paramLabel = "PREFIX",
      defaultValue = "buyer-",
      description = "What the buyers' names begin with. Default: ${DEFAULT-VALUE}")
  private String prefix = "";

  @Option(
      names = "--ttl",
      paramLabel = "TIME",
      defaultValue = "24h",
      description = "How long they are valid, such as 90s, 30m, 24h. Default: ${DEFAULT-VALUE}")
  private String ttl = "";

  @Option(names = "--admin", description = "With the role admin.")
  private boolean admin;

  /** With its surroundings. */
  public TokensCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws IOException {
    check();
    Tokens tokens = AdminAccess.tokens(shell);
    Duration life = life();
    BufferedWriter out =
        new BufferedWriter(new OutputStreamWriter(shell.out(), StandardCharsets.US_ASCII));
    for (int from = 1; from <= count && !shell.out().checkError(); from += CHUNK) {
      int to = Math.min(count, from + CHUNK - 1);
      for (String token : sign(tokens, life, from, to)) {
        out.write(token);
        out.write('\n');
      }
      out.flush();
    }
    return ExitCode.OK;
  }

  private String[] sign(Tokens tokens, Duration life, int from, int to) {
    return IntStream.rangeClosed(from, to)
        .parallel()
        .mapToObj(number -> tokens.issue(identity(number), life))
        .toArray(String[]::new);
  }

  private Identity identity(int number) {
    return new Identity(BuyerId.of(prefix + number), admin);
  }

  private void check() {
    if (count < 1 || count > MAX_COUNT) {
      throw CommandException.usage(
          "--count: found " + count + ", expected a number from 1 to " + MAX_COUNT);
    }
    try {
      identity(count);
    } catch (IllegalArgumentException e) {
      throw CommandException.usage("--prefix: found \"" + prefix + "\": " + e.getMessage());
    }
  }

  private Duration life() {
    return Durations.parse(ttl)
        .filter(Duration::isPositive)
        .orElseThrow(() ->
            CommandException.usage(
                "--ttl: found \"" + ttl + "\", expected a time such as 90s, 30m, 24h"));
  }
}
