package dev.stampede.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Has the nodes of a running cluster restarted one by one. */
@Command(
    name = "roll",
    header = "Restarts the nodes that `up` runs, one by one, while they sell.",
    description = {
      "Each node drains (its new purchases get 503 draining, which clients repeat at another node),"
          + " hands its part over, ends, and comes back in the same place with the program and the"
          + " settings' files that are there now. The next one goes when all are ready and every"
          + " shard has its backups. `up` does it, so it goes on printing their ends.",
      "Refuses to begin where a node is not healthy, or where too few would be left to sell. Stops"
          + " at the first node that does not end or does not come back; the others go on.",
      "Ctrl-C ends it after the node that it is at. Nodes that were started by ./stampede node are"
          + " not part of it: restart those yourself."
    })
public final class RollCommand implements Callable<Integer> {

  private final Shell shell;
  private volatile String state = "no node was restarted";
  private volatile boolean over;

  /** With its surroundings. */
  public RollCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    Path data = shell.folders().data();
    Run run =
        new RunFile(data)
            .find()
            .orElseThrow(() ->
                CommandException.environment(
                    "nothing runs from "
                        + data
                        + ": start nodes by ./stampede up, or set STAMPEDE_DATA to the folder of"
                        + " those that run"));
    if (run.nodes().isEmpty()) {
      throw CommandException.environment(
          "process " + run.pid() + " is still starting its nodes: try again soon");
    }
    try (SocketChannel up = SocketChannel.open(UnixDomainSocketAddress.of(RollDoor.in(data)))) {
      Runtime.getRuntime().addShutdownHook(new Thread(this::sayState, "say-state"));
      return follow(up);
    } catch (IOException e) {
      throw CommandException.environment(
          "process "
              + run.pid()
              + " cannot be asked through "
              + RollDoor.in(data)
              + ": "
              + e.getMessage());
    } finally {
      over = true;
    }
  }

  private int follow(SocketChannel up) throws IOException {
    BufferedReader reader = new BufferedReader(Channels.newReader(up, StandardCharsets.UTF_8));
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      switch (RollNews.of(line)) {
        case RollNews.Begun(String node) ->
            state =
                node + " is on its way and comes back by itself; those after it stay as they are";
        case RollNews.Done(String text) -> shell.say(text);
        case RollNews.Ended(int status, String words) -> {
          if (status == ExitCode.OK) {
            shell.say(words);
          } else {
            shell.complain(words);
          }
          return status;
        }
      }
    }
    throw CommandException.environment("the cluster has ended, and the roll with it");
  }

  private void sayState() {
    if (!over) {
      shell.complain("interrupted: " + state + ". The cluster runs on");
    }
  }
}
