package dev.stampede.grid;

import com.hazelcast.cluster.Address;
import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.IExecutorService;
import dev.stampede.grid.ClusterTime.Reading;
import dev.stampede.persistence.DatabaseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures this node's clock against those of the other members and of the database, once a second,
 * and says in the log when it becomes wrong and when it is right again.
 *
 * <p>Threads: one timer thread asks the members and waits for a second at most; one asks the
 * database, which may hang for as long as it likes; a virtual thread waits for each member.
 */
final class ClockWatch implements AutoCloseable {

  /** What the database's clock is called. */
  static final String DATABASE = "the database";

  /** The name of the executor that answers. */
  static final String EXECUTOR = "clock";

  private static final Logger LOG = LoggerFactory.getLogger(ClockWatch.class);

  private static final long PERIOD_MILLIS = 1_000;

  /** An answer that took longer says little: half of its round trip is the error. */
  static final long LONGEST_TRIP_NANOS = TimeUnit.MILLISECONDS.toNanos(1_000);

  /** What the database said is used for so long. */
  private static final long DATABASE_KEPT_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final NodeClock clock;
  private final HazelcastInstance member;
  private final LongSupplier database;
  private final Consumer<Boolean> verdict;
  private final ExecutorService asking = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService timer = timer("clock");
  private final ScheduledExecutorService databaseTimer = timer("database-clock");
  private volatile @Nullable DatabaseReading databaseReading;
  private boolean wasTrusted = true;

  private record DatabaseReading(Reading reading, long nanos) {}

  /**
   * A watch that has not begun.
   *
   * @param database the database's clock, milliseconds since 1970; may block and throw
   * @param verdict told after each measurement whether the clock is trusted; must not block
   */
  ClockWatch(
      NodeClock clock, HazelcastInstance member, LongSupplier database, Consumer<Boolean> verdict) {
    this.clock = clock;
    this.member = member;
    this.database = database;
    this.verdict = verdict;
  }

  private static ScheduledExecutorService timer(String name) {
    return Executors.newSingleThreadScheduledExecutor(
        Thread.ofPlatform().name(name).daemon().factory());
  }

  void begin() {
    every(databaseTimer, this::askDatabase);
    every(timer, this::measure);
  }

  private static void every(ScheduledExecutorService timer, Runnable action) {
    ScheduledFuture<?> _ =
        timer.scheduleWithFixedDelay(
            () -> {
              try {
                action.run();
              } catch (RuntimeException e) {
                // The grid is changing or leaving; the timer would stop for good otherwise.
                LOG.debug("clocks are not compared for a moment", e);
              }
            },
            0,
            PERIOD_MILLIS,
            TimeUnit.MILLISECONDS);
  }

  private void askDatabase() {
    try {
      long asked = System.nanoTime();
      long millis = database.getAsLong();
      long answered = System.nanoTime();
      if (answered - asked <= LONGEST_TRIP_NANOS) {
        Reading reading = Reading.of(DATABASE, millis, asked, answered);
        databaseReading = new DatabaseReading(reading, answered);
      }
    } catch (DatabaseException e) {
      LOG.debug("the database's clock cannot be read", e);
    }
  }

  private void measure() {
    List<Reading> others = new ArrayList<>(members());
    DatabaseReading newest = databaseReading;
    if (newest != null && System.nanoTime() - newest.nanos() <= DATABASE_KEPT_NANOS) {
      others.add(newest.reading());
    }
    clock.measured(others);
    Optional<String> fault = clock.fault();
    tell(fault);
    verdict.accept(fault.isEmpty());
  }

  private List<Reading> members() {
    IExecutorService executor = member.getExecutorService(EXECUTOR);
    List<Callable<Optional<Reading>>> questions =
        member.getCluster().getMembers().stream()
            .filter(other -> !other.localMember())
            .map(other -> (Callable<Optional<Reading>>) () -> ask(executor, other))
            .toList();
    try {
      return asking.invokeAll(questions, LONGEST_TRIP_NANOS, TimeUnit.NANOSECONDS).stream()
          .flatMap(ended -> answer(ended).stream())
          .toList();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  private static Optional<Reading> ask(IExecutorService executor, Member other)
      throws ExecutionException, InterruptedException {
    long asked = System.nanoTime();
    long millis = executor.submitToMember(new ReadClock(), other).get();
    long answered = System.nanoTime();
    Address address = other.getAddress();
    String name = address.getHost() + ":" + address.getPort();
    return answered - asked <= LONGEST_TRIP_NANOS
        ? Optional.of(Reading.of(name, millis, asked, answered))
        : Optional.empty();
  }

  /** A member that hangs or leaves is not counted. */
  private static Optional<Reading> answer(Future<Optional<Reading>> ended) {
    return ended.state() == Future.State.SUCCESS ? ended.resultNow() : Optional.empty();
  }

  private void tell(Optional<String> fault) {
    if (fault.isPresent() && wasTrusted) {
      LOG.error("this node owns nothing until its clock is right: {}", fault.get());
    } else if (fault.isEmpty() && !wasTrusted) {
      LOG.info("this node's clock is right again");
    }
    wasTrusted = fault.isEmpty();
  }

  @Override
  public void close() {
    timer.shutdownNow();
    databaseTimer.shutdownNow();
    asking.shutdownNow();
  }
}
