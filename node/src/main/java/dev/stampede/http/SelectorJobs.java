package dev.stampede.http;

import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.io.ManagedSelector;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a selector thread does at the end of each of its rounds: purchases that it has read in this
 * round go to the stock, all at once, so that they travel in one call; and answers are written, all
 * after one waking up. Otherwise every answer would cost two switches of threads and a waking up of
 * the selector more: one for writing it elsewhere, one because Jetty then has a pool thread look
 * for the connection's next request.
 *
 * <p>Any thread adds. At most one job waits for each connection, which bounds the queue.
 */
final class SelectorJobs implements ManagedSelector.SelectorUpdate {

  private static final Logger LOG = LoggerFactory.getLogger(SelectorJobs.class);

  private final ManagedSelector selector;
  private final Queue<Runnable> jobs = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean announced = new AtomicBoolean();

  /** Connections that were answered and go on reading; used by the working thread only. */
  private final Queue<Runnable> answered = new ArrayDeque<>();

  private volatile @Nullable Thread working;

  SelectorJobs(ManagedSelector selector) {
    this.selector = selector;
  }

  /**
   * Has something done at the end of this round or of the next.
   *
   * @param job must not block
   */
  void add(Runnable job) {
    jobs.add(job);
    if (!announced.get() && announced.compareAndSet(false, true)) {
      selector.submit(this);
    }
  }

  /** Does what waits, on the selector's thread. Not for others to call. */
  @Override
  public void update(Selector unused) {
    announced.set(false);
    working = Thread.currentThread();
    try {
      runAll(jobs);
      // Last: by now the clients that were answered first may have sent their next request.
      runAll(answered);
    } finally {
      working = null;
    }
  }

  private static void runAll(Queue<Runnable> waiting) {
    for (Runnable job = waiting.poll(); job != null; job = waiting.poll()) {
      try {
        job.run();
      } catch (RuntimeException e) {
        LOG.error("a connection is left without its answer", e); // the others get theirs
      }
    }
  }

  /**
   * Takes what Jetty would have another thread do for a connection that was just answered.
   *
   * @return false where the calling thread is not at these jobs
   */
  boolean takeOver(Runnable job) {
    if (working != Thread.currentThread()) {
      return false;
    }
    answered.add(job);
    return true;
  }
}
