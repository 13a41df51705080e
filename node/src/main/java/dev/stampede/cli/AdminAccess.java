package dev.stampede.cli;

import dev.stampede.config.DatabaseSettings;
import dev.stampede.config.Secrets;
import dev.stampede.config.SecuritySettings;
import dev.stampede.config.Setting;
import dev.stampede.config.SettingLayer;
import dev.stampede.config.SettingsLoader;
import dev.stampede.order.BuyerId;
import dev.stampede.security.Identity;
import dev.stampede.security.Tokens;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which node a command talks to, and with which right: an option that several commands share. */
final class AdminAccess {

  private static final int MAX_USER = 30;
  private static final Duration TOKEN_LIFE = Duration.ofMinutes(10);

  /** Longer than a command waits for its answer. */
  private static final Duration ONE_CALL_LIFE = Duration.ofSeconds(40);

  @Option(
      names = "--node",
      paramLabel = "URL",
      description = "The node to ask. Default: any of those that `up` or `demo` runs.")
  private @Nullable String node;

  /** The API, asked as an admin. */
  Api api(Shell shell) {
    return api(shell, TOKEN_LIFE);
  }

  /** The same for a single call that all nodes get. A node that hangs must not execute it later. */
  Api apiForOneCall(Shell shell) {
    return api(shell, ONE_CALL_LIFE);
  }

  private Api api(Shell shell, Duration life) {
    return new Api(nodes(shell), adminToken(shell, life), shell::note);
  }

  /** The database of those nodes: that of the run, or the one that the settings name. */
  DatabaseSettings database(Shell shell) {
    SettingLayer layer =
        SettingLayer.ofEnvironment(shell.environment())
            .over(SettingLayer.ofFile(shell.folders().settings()));
    layer =
        new RunFile(shell.folders().data())
            .find()
            .filter(this::isAsked)
            .flatMap(Run::login)
            .map(Run.Login::settings)
            .orElse(SettingLayer.empty())
            .over(layer);
    if (layer.find(Setting.DATABASE_URL).isEmpty()) {
      throw CommandException.environment(
          "no database: name that of the node in " + Setting.DATABASE_URL.variable());
    }
    return SettingsLoader.loadDatabase(layer);
  }

  private boolean isAsked(Run run) {
    return node == null
        || run.nodes().stream().anyMatch(each -> each.http().equals(withoutSlash(node)));
  }

  private static String withoutSlash(String address) {
    return address.replaceAll("/+$", "");
  }

  private List<String> nodes(Shell shell) {
    if (node != null) {
      return List.of(
          NodeAddress.parse(node)
              .orElseThrow(() ->
                  CommandException.usage(
                      "--node: found \"" + node + "\", expected http://HOST:PORT")));
    }
    return new RunFile(shell.folders().data())
        .find()
        .map(run -> run.nodes().stream().map(Run.Member::http).toList())
        .filter(nodes -> !nodes.isEmpty())
        .orElseThrow(() ->
            CommandException.environment(
                "no node runs here: start some by ./stampede up, or name one by --node URL"));
  }

  /** A token that may do everything, for so long. */
  static String adminToken(Shell shell, Duration life) {
    return tokens(shell).issue(new Identity(operator(), true), life);
  }

  /**
   * Who asks, for the log of the nodes: the user of the system, as far as a subject may be that.
   */
  private static BuyerId operator() {
    String user = System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9._-]", "-");
    return new BuyerId("operator-" + user.substring(0, Math.min(user.length(), MAX_USER)));
  }

  /** Signs tokens with the secret of this installation. */
  static Tokens tokens(Shell shell) {
    SecuritySettings security = security(shell);
    return new Tokens(security.jwt(), security.audience(), Clock.systemUTC());
  }

  static SecuritySettings security(Shell shell) {
    SettingLayer layer =
        SettingLayer.ofEnvironment(shell.environment())
            .over(SettingLayer.ofFile(shell.folders().settings()));
    return SettingsLoader.loadSecurity(Secrets.complete(layer, shell.folders().data()));
  }
}
