package dev.stampede;

import dev.stampede.cli.CommandException;
import dev.stampede.cli.DbCommand;
import dev.stampede.cli.DeadLettersCommand;
import dev.stampede.cli.DemoCommand;
import dev.stampede.cli.ExitCode;
import dev.stampede.cli.HotCommand;
import dev.stampede.cli.NodeCommand;
import dev.stampede.cli.PrepareCommand;
import dev.stampede.cli.RollCommand;
import dev.stampede.cli.RoutesCommand;
import dev.stampede.cli.SaleCommand;
import dev.stampede.cli.Shell;
import dev.stampede.cli.TokensCommand;
import dev.stampede.cli.UpCommand;
import dev.stampede.cli.VerifyCommand;
import dev.stampede.config.ConfigException;
import dev.stampede.grid.GridStartException;
import dev.stampede.http.PortTakenException;
import dev.stampede.persistence.DatabaseException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/** The program: everything but the load generator. */
@Command(
    name = "stampede",
    header = "A flash-sale system on a data grid.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Every command ends with 0 where all is well, 1 where a verdict or a request failed, 2 for a"
          + " command line or a file that makes no sense, 3 where something outside is missing or"
          + " taken, 4 where an input ends in the middle, and 130 after Ctrl-C."
    })
public final class Stampede {

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Shows this text.")
  @SuppressWarnings("UnusedVariable") // read by picocli
  private boolean help;

  /** Runs one command and ends the process with its status. */
  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT); // figures look the same wherever they are printed
    System.exit(commandLine(Shell.ofProcess()).execute(args));
  }

  /** All commands, in these surroundings. */
  static CommandLine commandLine(Shell shell) {
    return new CommandLine(new Stampede())
        .addSubcommand(new DemoCommand(shell))
        .addSubcommand(new UpCommand(shell))
        .addSubcommand(new NodeCommand(shell))
        .addSubcommand(new RollCommand(shell))
        .addSubcommand(new RoutesCommand(shell))
        .addSubcommand(new SaleCommand(shell))
        .addSubcommand(new DeadLettersCommand(shell))
        .addSubcommand(new HotCommand(shell))
        .addSubcommand(new TokensCommand(shell))
        .addSubcommand(new VerifyCommand(shell))
        .addSubcommand(new DbCommand(shell))
        .addSubcommand(new PrepareCommand(shell))
        .setOut(new PrintWriter(shell.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(shell.err(), true, StandardCharsets.UTF_8))
        .setParameterExceptionHandler((wrong, args) -> refuse(shell, wrong))
        .setExecutionExceptionHandler((end, command, parsed) -> explain(shell, end));
  }

  private static int refuse(Shell shell, ParameterException wrong) {
    String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
    shell.complain(wrong.getMessage() + "; see ./" + command + " --help");
    return ExitCode.USAGE;
  }

  /** One line for what can happen; what cannot keeps its stack trace. */
  private static int explain(Shell shell, Exception end) throws Exception {
    int status =
        switch (end) {
          case CommandException known -> known.exitCode();
          case ConfigException _ -> ExitCode.USAGE;
          case PortTakenException _, DatabaseException _, GridStartException _ ->
              ExitCode.ENVIRONMENT;
          default -> throw end;
        };
    shell.complain(end.getMessage());
    return status;
  }
}
