package dev.stampede.load.http;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The one thread on which connections, buyers and the record of the run live. One is enough: it
 * carries more requests a second than a machine that also runs the servers can answer, and nothing
 * on it needs a lock. May be called from any thread.
 */
public final class Loop implements AutoCloseable {
  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final EventLoop thread = group.next();

  /** Runs a task on the loop, soon. */
  public void execute(Runnable task) {
    thread.execute(task);
  }

  /** Runs a task on the loop after a pause in nanoseconds. */
  public void after(long nanos, Runnable task) {
    var _ = thread.schedule(task, nanos, TimeUnit.NANOSECONDS);
  }

  /** Runs a task on the loop again and again. */
  public void every(Duration pause, Runnable task) {
    var _ =
        thread.scheduleWithFixedDelay(task, pause.toNanos(), pause.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Asks for something that only the loop may read. */
  public <T> Future<T> ask(Callable<T> question) {
    return thread.submit(question);
  }

  EventLoopGroup group() {
    return group;
  }

  @Override
  public void close() {
    var _ = group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2000);
  }
}
