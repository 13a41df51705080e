package dev.stampede.load.http;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The connections to one target: one call at a time on each, more calls wait in their order. */
final class Pool {
  private final Target target;
  private final Bootstrap bootstrap;
  private final int maxConnections;
  private final ArrayDeque<Connection> idle = new ArrayDeque<>();
  private final ArrayDeque<Exchange> waiting = new ArrayDeque<>();
  private final List<Connection> open = new ArrayList<>();
  private int connecting;

  Pool(Target target, Bootstrap bootstrap, int maxConnections) {
    this.target = target;
    this.bootstrap = bootstrap;
    this.maxConnections = maxConnections;
  }

  void send(Exchange exchange) {
    // The connection used last first: those that a burst opened and nobody needs stay idle.
    Connection connection = idle.pollLast();
    if (connection != null) {
      connection.send(exchange);
      return;
    }
    waiting.add(exchange);
    if (open.size() + connecting < maxConnections && connecting < waiting.size()) {
      connect();
    }
  }

  private void connect() {
    connecting++;
    ChannelFuture connected = bootstrap.connect(target.host(), target.port());
    var _ =
        connected.addListener(future -> {
          connecting--;
          if (future.isSuccess()) {
            Connection connection = new Connection(connected.channel(), this, target);
            open.add(connection);
            free(connection);
          } else {
            refused(Objects.toString(future.cause().getMessage(), future.cause().toString()));
          }
        });
  }

  private void refused(String why) {
    target.failed(System.nanoTime());
    List<Exchange> failed = new ArrayList<>(waiting);
    waiting.clear();
    failed.forEach(exchange -> exchange.then().accept(new Answer.NotSent(why)));
  }

  /** A connection has nothing to do: the next call in line gets it. */
  void free(Connection connection) {
    Exchange next = waiting.poll();
    if (next == null) {
      idle.addLast(connection);
    } else {
      connection.send(next);
    }
  }

  void closed(Connection connection) {
    open.remove(connection);
    idle.remove(connection);
    if (!waiting.isEmpty() && connecting == 0) {
      connect();
    }
  }

  /** Ends what has waited too long, for a connection or for an answer. */
  void expire(long now) {
    while (!waiting.isEmpty() && waiting.peek().deadline() - now < 0) {
      waiting.remove().then().accept(new Answer.NotSent("no free connection in time"));
    }
    // A copy: a connection that gives up leaves the list.
    for (Connection connection : List.copyOf(open)) {
      connection.expire(now);
    }
  }
}
