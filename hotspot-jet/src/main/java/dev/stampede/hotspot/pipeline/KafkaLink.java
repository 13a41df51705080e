package dev.stampede.hotspot.pipeline;

import com.hazelcast.logging.ILogger;
import org.apache.kafka.common.KafkaException;

/**
 * A thread that owns a Kafka client and keeps it at work. What a client does can block (also where
 * it says that it does not) and throw, from a name that is not found to a topic that is not
 * allowed; here neither reaches the job. After a failure the client is made anew, once a second.
 */
final class KafkaLink implements AutoCloseable {
  /** In milliseconds. What is older tells nothing about what is hot now. */
  static final long STALE = 5_000;

  private static final long RETRY = 1_000;

  /** Makes a client and works with it until it fails or the thread is interrupted. */
  @FunctionalInterface
  interface Session {
    void run() throws InterruptedException;
  }

  private final Thread thread;
  private final String what;
  private final ILogger logger;
  private final Session session;
  private volatile boolean closed;
  private boolean down;

  /**
   * @param what it is for and with whom, for the log
   */
  KafkaLink(String what, ILogger logger, Session session) {
    this.what = what;
    this.logger = logger;
    this.session = session;
    this.thread = Thread.ofPlatform().daemon().name("stampede-kafka").unstarted(this::loop);
  }

  void open() {
    thread.start();
  }

  /** Ends the thread soon; does not wait for it. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }

  /** To be said by the session, in any thread: what it is for works. */
  synchronized void works() {
    if (down) {
      logger.info(what + ": works again");
    }
    down = false;
  }

  /** To be said by the session, in any thread: it does not work now. */
  synchronized void fails(Exception cause) {
    if (!down && !closed) {
      logger.warning(what + ": does not work until the broker is back: " + cause.getMessage());
    }
    down = true;
  }

  private void loop() {
    while (!closed) {
      try {
        session.run();
      } catch (InterruptedException _) {
        return;
      } catch (KafkaException e) {
        fails(e);
        if (!pause()) {
          return;
        }
      }
    }
  }

  private static boolean pause() {
    try {
      Thread.sleep(RETRY);
      return true;
    } catch (InterruptedException _) {
      return false;
    }
  }
}
