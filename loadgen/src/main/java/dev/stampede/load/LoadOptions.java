package dev.stampede.load;

import dev.stampede.load.plan.Mix;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What to run, as it was asked for. */
final class LoadOptions {
  @Spec(Spec.Target.MIXEE)
  @Nullable CommandSpec command;

  @Option(
      names = "--target",
      split = ",",
      paramLabel = "URL",
      description =
          "Servers to send to, in turns (repeat or separate by commas). Default: the nodes that run"
              + " on this machine, else http://127.0.0.1:8080.")
  List<URI> targets = new ArrayList<>();

  @Option(
      names = "--sale",
      split = ",",
      paramLabel = "ID",
      description = "Sales to buy from; see --heat. Default: all that are not over.")
  List<String> sales = new ArrayList<>();

  @Option(
      names = "--rate",
      defaultValue = "2000",
      description =
          "Arrivals a second, whatever the answers do. A buyer makes three to five requests."
              + " Default: ${DEFAULT-VALUE}.")
  double rate;

  @Option(
      names = "--duration",
      defaultValue = "20s",
      converter = DurationConverter.class,
      description = "How long buyers keep coming. Default: ${DEFAULT-VALUE}.")
  Duration duration = Duration.ZERO;

  @Option(
      names = "--buyers",
      defaultValue = "50000",
      description =
          "Distinct buyers; after the last the first comes again. Default: ${DEFAULT-VALUE}.")
  int buyers;

  @Option(
      names = "--quantity",
      defaultValue = "1",
      description = "Units of each purchase. Default: ${DEFAULT-VALUE}.")
  int quantity;

  @Option(
      names = "--durable",
      description =
          "Buyers wait until their order is in the database (Prefer: wait), so that it must be"
              + " there even after the loss of every node. With --cancel 0: a cancellation is"
              + " answered before it is stored.")
  boolean durable;

  @Option(
      names = "--pay",
      defaultValue = "0.6",
      description = "Share of orders that are paid. Default: ${DEFAULT-VALUE}.")
  double pay;

  @Option(
      names = "--cancel",
      defaultValue = "0.05",
      description =
          "Share of orders that are cancelled; the rest leave their hold to expire."
              + " Default: ${DEFAULT-VALUE}.")
  double cancel;

  @Option(
      names = "--reads",
      defaultValue = "0.3",
      description = "Share of arrivals that only read sale and stock. Default: ${DEFAULT-VALUE}.")
  double reads;

  @Option(
      names = "--repeat",
      defaultValue = "0.02",
      description =
          "Share of buyers who send an acknowledged purchase again with the same key: the same"
              + " order must come back. Default: ${DEFAULT-VALUE}.")
  double repeat;

  @Option(
      names = "--greedy",
      defaultValue = "0.02",
      description =
          "Share of buyers who send more purchases with new keys, all at once, until they are over"
              + " the limit. Default: ${DEFAULT-VALUE}.")
  double greedy;

  @Option(
      names = "--think",
      defaultValue = "1s",
      converter = DurationConverter.class,
      description = "Longest pause before paying or cancelling. Default: ${DEFAULT-VALUE}.")
  Duration think = Duration.ZERO;

  @Option(
      names = "--patience",
      defaultValue = "10s",
      converter = DurationConverter.class,
      description =
          "How long a buyer who is turned away (429, 503, refused connection) keeps trying."
              + " Default: ${DEFAULT-VALUE}.")
  Duration patience = Duration.ZERO;

  @Option(
      names = "--resolve",
      defaultValue = "15s",
      converter = DurationConverter.class,
      description =
          "How long after the end to keep asking about calls whose outcome is unknown."
              + " Default: ${DEFAULT-VALUE}.")
  Duration resolve = Duration.ZERO;

  @Option(
      names = "--timeout",
      defaultValue = "5s",
      converter = DurationConverter.class,
      description = "How long to wait for one answer. Default: ${DEFAULT-VALUE}.")
  Duration timeout = Duration.ZERO;

  @Option(
      names = "--connections",
      defaultValue = "256",
      description = "Most connections to each server. Default: ${DEFAULT-VALUE}.")
  int connections;

  @Option(
      names = "--max-in-flight",
      defaultValue = "10000",
      description =
          "With so many requests in flight an arrival is dropped and counted; past 1 %% of all the"
              + " run is INVALID. Default: ${DEFAULT-VALUE}.")
  int maxInFlight;

  @Option(
      names = "--warmup",
      defaultValue = "1s",
      converter = DurationConverter.class,
      description = "Unmeasured reads before the run. Default: ${DEFAULT-VALUE}.")
  Duration warmup = Duration.ZERO;

  @Option(
      names = "--closed",
      description =
          "The closed model: --users buyers who each come again when their visit has ended. Latency"
              + " then hides what a stalled server does to those who would have come.")
  boolean closed;

  @Option(
      names = "--users",
      defaultValue = "100",
      description = "Users of the closed model. Default: ${DEFAULT-VALUE}.")
  int users;

  @Mixin final HeatOptions heat = new HeatOptions();

  @Option(names = "--seed", description = "Repeats the same buyers' plans. Default: drawn.")
  @Nullable Long seed;

  @Option(
      names = "--secrets",
      paramLabel = "FILE",
      description =
          "YAML with jwt, payment and, where nodes check it, audience. Default:"
              + " data/secrets.yaml. STAMPEDE_JWT_SECRET, STAMPEDE_JWT_AUDIENCE and"
              + " STAMPEDE_PAYMENT_SECRET come before it.")
  @Nullable Path secrets;

  @Option(
      names = "--tokens",
      paramLabel = "FILE",
      description = "Signed buyers' tokens, one a line, instead of --buyers new ones.")
  @Nullable Path tokens;

  @Option(
      names = "--admin-token",
      paramLabel = "TOKEN",
      description = "Token for the audit, where the jwt secret is not at hand.")
  @Nullable String adminToken;

  @Option(
      names = "--settle",
      defaultValue = "60s",
      converter = DurationConverter.class,
      description =
          "How long to wait until everything is in the database. Default: ${DEFAULT-VALUE}.")
  Duration settle = Duration.ZERO;

  @Option(
      names = "--no-settle",
      description = "Judge at once, by the grid alone, without the database.")
  boolean noSettle;

  @Option(names = "--until-expired", description = "Wait also until every hold has ended.")
  boolean untilExpired;

  /**
   * The shares of what buyers do.
   *
   * @throws ParameterException for values that make no sense
   */
  Mix mix() {
    share("--reads", reads);
    share("--pay", pay);
    share("--cancel", cancel);
    share("--repeat", repeat);
    share("--greedy", greedy);
    if (pay + cancel > 1) {
      throw wrong("--pay and --cancel are shares of the same orders: together at most 1");
    }
    return new Mix(reads, pay, cancel, repeat, greedy, heat.heat());
  }

  private void share(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw wrong(name + " " + value + ": expected a share from 0 to 1");
    }
  }

  void validate() {
    atLeastOne("--buyers", buyers);
    atLeastOne("--quantity", quantity);
    atLeastOne("--connections", connections);
    atLeastOne("--max-in-flight", maxInFlight);
    atLeastOne("--users", users);
    if (!(rate > 0 && rate <= 1e6)) {
      throw wrong("--rate " + rate + ": expected more than 0 and at most 1000000");
    }
    if (duration.isZero()) {
      throw wrong("--duration 0: expected at least 1ms");
    }
    for (URI target : targets) {
      if (!"http".equals(target.getScheme()) || target.getHost() == null) {
        throw wrong("--target " + target + ": expected something like http://127.0.0.1:8080");
      }
    }
  }

  private void atLeastOne(String name, int value) {
    if (value < 1) {
      throw wrong(name + " " + value + ": expected at least 1");
    }
  }

  private ParameterException wrong(String message) {
    if (command == null) {
      throw new IllegalStateException("options without a command");
    }
    return new ParameterException(command.commandLine(), message);
  }
}
