package dev.stampede.ops;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;

/**
 * Lets through a few warnings and errors a second for one cause, and says how many were left out.
 * Otherwise a client that meets a fault with each of its requests, or a database that is away,
 * fills the disk.
 *
 * <p>A cause is, of our own loggers, the text before its values are put in, with the type of the
 * exception. Others put values into the text, so of them it is the logger.
 *
 * <p>Any thread may log. What is logged at a lower level costs one comparison.
 */
public final class RepeatedErrors extends TurboFilter {

  static final int MOST_A_SECOND = 3;

  /** Others log different things by one logger. */
  static final int MOST_A_SECOND_OF_OTHERS = 10;

  private static final String OUR_OWN = "dev.stampede.";
  private static final Marker LEFT_OUT = MarkerFactory.getMarker("left-out");

  /** There are some hundred texts and loggers; what is beyond that shares one place. */
  private static final int MAX_CAUSES = 1_000;

  private static final Cause REST = new Cause("", "", "");

  private final Map<Cause, Second> seconds = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("left-out-errors").daemon().factory());

  private record Cause(String logger, String text, String thrown) {}

  @Override
  public FilterReply decide(
      @Nullable Marker marker,
      Logger logger,
      Level level,
      @Nullable String format,
      Object @Nullable [] params,
      @Nullable Throwable thrown) {
    if (level.levelInt < Level.WARN_INT
        || format == null
        || LEFT_OUT.equals(marker)
        || !level.isGreaterOrEqual(logger.getEffectiveLevel())) {
      return FilterReply.NEUTRAL;
    }
    boolean own = logger.getName().startsWith(OUR_OWN);
    Cause cause =
        own
            ? new Cause(logger.getName(), format, thrown(thrown, params))
            : new Cause(logger.getName(), level.levelStr, "");
    if (seconds.size() >= MAX_CAUSES && !seconds.containsKey(cause)) {
      cause = REST;
    }
    Second second = seconds.computeIfAbsent(cause, _ -> new Second());
    return second.take(own ? MOST_A_SECOND : MOST_A_SECOND_OF_OTHERS, logger, level, format)
        ? FilterReply.NEUTRAL
        : FilterReply.DENY;
  }

  /** An exception comes last among the values where there are some. */
  private static String thrown(@Nullable Throwable thrown, Object @Nullable [] params) {
    if (thrown != null) {
      return thrown.getClass().getName();
    }
    return params != null
            && params.length > 0
            && params[params.length - 1] instanceof Throwable last
        ? last.getClass().getName()
        : "";
  }

  @Override
  public void stop() {
    timer.shutdownNow();
    super.stop();
  }

  /** What was logged for one cause since the second began. */
  private final class Second {

    private long began = System.nanoTime();
    private int taken;
    private long leftOut;

    synchronized boolean take(int most, Logger logger, Level level, String format) {
      long now = System.nanoTime();
      if (now - began >= TimeUnit.SECONDS.toNanos(1) && leftOut == 0) {
        began = now;
        taken = 0;
      }
      if (taken < most) {
        taken++;
        return true;
      }
      if (leftOut++ == 0 && !timer.isShutdown()) {
        Future<?> _ = timer.schedule(() -> tell(logger, level, format), 1, TimeUnit.SECONDS);
      }
      return false;
    }

    private void tell(Logger logger, Level level, String format) {
      long count;
      synchronized (this) {
        count = leftOut;
        leftOut = 0;
        taken = 0;
        began = System.nanoTime();
      }
      String text = "{} more like this were left out within a second: {}";
      if (level.isGreaterOrEqual(Level.ERROR)) {
        logger.error(LEFT_OUT, text, count, format);
      } else {
        logger.warn(LEFT_OUT, text, count, format);
      }
    }
  }
}
