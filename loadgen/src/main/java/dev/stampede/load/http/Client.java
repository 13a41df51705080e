package dev.stampede.load.http;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends calls to the targets. Every method belongs to the loop's thread, unless it says otherwise;
 * the constructor does not.
 */
public final class Client {
  private static final int MAX_ANSWER_BYTES = 4 << 20;
  private static final Duration LOOK_FOR_EXPIRED = Duration.ofMillis(50);

  private final List<Target> targets;
  private final long timeoutNanos;
  private int next;
  private int inFlight;

  /**
   * @param timeout how long a call may take, waiting for a connection included
   * @param connections the most connections to each target, at least 1
   */
  public Client(Loop loop, List<URI> addresses, Duration timeout, int connections) {
    this.timeoutNanos = timeout.toNanos();
    this.targets = addresses.stream().map(Target::new).toList();
    for (Target target : targets) {
      target.pool(new Pool(target, bootstrap(loop, timeout), connections));
    }
    loop.every(LOOK_FOR_EXPIRED, this::expire);
  }

  private static Bootstrap bootstrap(Loop loop, Duration timeout) {
    return new Bootstrap()
        .group(loop.group())
        .channel(NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) timeout.toMillis())
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                var _ =
                    channel
                        .pipeline()
                        .addLast(new HttpClientCodec(), new HttpObjectAggregator(MAX_ANSWER_BYTES));
              }
            });
  }

  private void expire() {
    long now = System.nanoTime();
    targets.forEach(target -> target.pool().expire(now));
  }

  /** The target for the next attempt, in turns, another one than {@code avoid} where possible. */
  public Target pick(@Nullable Target avoid) {
    long now = System.nanoTime();
    for (int i = 0; i < targets.size(); i++) {
      Target target = inTurn();
      if (target != avoid && target.admits(now)) {
        return target;
      }
    }
    return avoid != null && avoid.admits(now) ? avoid : inTurn();
  }

  /** How many targets there are. Any thread may ask. */
  public int targets() {
    return targets.size();
  }

  private Target inTurn() {
    next = (next + 1) % targets.size();
    return targets.get(next);
  }

  /** Sends a call; {@code then} is called once, later, on the loop's thread. */
  public void send(Target target, Call call, Consumer<Answer> then) {
    send(target, call, timeoutNanos, then);
  }

  /** The same for a call that may take so long, whatever the timeout of the others is. */
  public void send(Target target, Call call, Duration timeout, Consumer<Answer> then) {
    send(target, call, timeout.toNanos(), then);
  }

  private void send(Target target, Call call, long nanos, Consumer<Answer> then) {
    inFlight++;
    long deadline = System.nanoTime() + nanos;
    target
        .pool()
        .send(
            new Exchange(
                call,
                deadline,
                answer -> {
                  inFlight--;
                  then.accept(answer);
                }));
  }

  /** Calls that are sent or wait for a connection. */
  public int inFlight() {
    return inFlight;
  }
}
