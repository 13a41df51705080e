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
    AFTER_COMMIT
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
        // Of this line alone: the pool may open another one at the same moment.
        AtomicBoolean commits = new AtomicBoolean();
        Thread.ofVirtual()
            .start(() -> pump(node, database, sql -> cutsRequest(sql, stores, commits)));
        Thread.ofVirtual().start(() -> pump(database, node, _ -> commits.get()));
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
  private boolean cutsRequest(String request, AtomicBoolean stores, AtomicBoolean commits) {
    if (request.contains("UPDATE shards")) {
      stores.set(true);
    }
    if (!request.contains("COMMIT") || !stores.getAndSet(false)) {
      return false;
    }
    commits.set(cut.compareAndSet(Cut.AFTER_COMMIT, Cut.NEVER));
    return cut.compareAndSet(Cut.BEFORE_COMMIT, Cut.NEVER);
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
