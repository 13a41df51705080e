package dev.stampede.persistence;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** Stands between a node and its database, and cuts the line around a commit where asked to. */
final class CuttingProxy implements AutoCloseable {

  /** When to cut the line, once. */
  enum Cut {
    NEVER,
    /** The database never sees the commit. */
    BEFORE_COMMIT,
    /** The database commits, and nobody hears of it. */
    AFTER_COMMIT,
    /** Within {@link #AFTER_COMMIT}: the next answer is the one to lose. */
    AT_THE_ANSWER
  }

  private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final AtomicReference<Cut> cut = new AtomicReference<>(Cut.NEVER);
  private final int databasePort;

  CuttingProxy(int databasePort) throws IOException {
    this.databasePort = databasePort;
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  void cutOnce(Cut when) {
    cut.set(when);
  }

  private void accept() {
    try {
      while (true) {
        Socket node = listening.accept();
        Socket database = new Socket(InetAddress.getLoopbackAddress(), databasePort);
        AtomicBoolean stores = new AtomicBoolean();
        Thread.ofVirtual().start(() -> pump(node, database, sql -> cutsRequest(sql, stores)));
        Thread.ofVirtual().start(() -> pump(database, node, answer -> cutsAnswer()));
      }
    } catch (IOException _) {
      // closed
    }
  }

  private interface Line {
    boolean isCutAt(String bytes);
  }

  private static void pump(Socket from, Socket to, Line line) {
    byte[] buffer = new byte[1 << 16];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      for (int size = in.read(buffer); size >= 0; size = in.read(buffer)) {
        if (line.isCutAt(new String(buffer, 0, size, StandardCharsets.ISO_8859_1))) {
          return;
        }
        to.getOutputStream().write(buffer, 0, size);
      }
    } catch (IOException _) {
      // the other direction has closed both
    }
  }

  /** Only a commit that ends a store counts: the pool commits now and then, too. */
  private boolean cutsRequest(String request, AtomicBoolean stores) {
    if (request.contains("UPDATE shards")) {
      stores.set(true);
    }
    if (!request.contains("COMMIT") || !stores.getAndSet(false)) {
      return false;
    }
    cut.compareAndSet(Cut.AFTER_COMMIT, Cut.AT_THE_ANSWER);
    return cut.compareAndSet(Cut.BEFORE_COMMIT, Cut.NEVER);
  }

  private boolean cutsAnswer() {
    return cut.compareAndSet(Cut.AT_THE_ANSWER, Cut.NEVER);
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
