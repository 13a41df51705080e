package dev.stampede.grid;

import com.hazelcast.nio.MemberSocketInterceptor;
import dev.stampede.grid.GridSecret.Side;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Both ends of every connection of the grid prove that they have its secret, before Hazelcast reads
 * the first byte. So a client, a foreign member, or somebody with a packet of his own is refused.
 *
 * <pre>
 * connector                          acceptor
 *   "STG1", challenge c  ----------&gt;
 *                        &lt;----------  challenge a, HMAC(secret, ACCEPTOR, c, a)
 *   HMAC(secret, CONNECTOR, c, a) ->
 * </pre>
 *
 * <p>It protects the start of a connection, not its bytes: who can change the traffic on the way
 * can still take over a connection.
 *
 * <p>Threads: Hazelcast's pool for connections, which blocks here for {@link #LIMIT} at most.
 */
final class GridHandshake implements MemberSocketInterceptor {

  /** How long a handshake may take in all: three messages of less than 100 bytes. */
  static final Duration LIMIT = Duration.ofSeconds(2);

  private static final byte[] GREETING = {'S', 'T', 'G', '1'};
  private static final int CHALLENGE_BYTES = 32;
  private static final int PROOF_BYTES = 32;
  private static final long LOG_EVERY_NANOS = Duration.ofSeconds(10).toNanos();
  private static final Logger LOG = LoggerFactory.getLogger(GridHandshake.class);

  private final GridSecret secret;
  private final WaitingPeers waiting = new WaitingPeers();
  private final SecureRandom random = new SecureRandom();
  private final AtomicLong refusals = new AtomicLong();
  private final AtomicLong logAgain = new AtomicLong(System.nanoTime());

  GridHandshake(GridSecret secret) {
    this.secret = secret;
  }

  @Override
  public void init(Properties properties) {
    // Everything comes by the constructor.
  }

  @Override
  public void onAccept(Socket socket) throws IOException {
    InetAddress peer = socket.getInetAddress();
    if (!waiting.enter(peer)) {
      throw refused(peer, "too many connections of it wait for their handshake");
    }
    try {
      accept(new Peer(socket));
    } catch (IOException e) {
      throw refused(peer, reason(e));
    } finally {
      waiting.leave(peer);
    }
  }

  private void accept(Peer peer) throws IOException {
    if (!Arrays.equals(peer.read(GREETING.length), GREETING)) {
      throw new IOException("it is no node of a grid");
    }
    byte[] theirs = peer.read(CHALLENGE_BYTES);
    byte[] ours = challenge();
    peer.write(ours, secret.proof(Side.ACCEPTOR, theirs, ours));
    require(peer.read(PROOF_BYTES), secret.proof(Side.CONNECTOR, theirs, ours));
  }

  @Override
  public void onConnect(Socket socket) throws IOException {
    try {
      connect(new Peer(socket));
    } catch (IOException e) {
      throw refused(socket.getInetAddress(), reason(e));
    }
  }

  private void connect(Peer peer) throws IOException {
    byte[] ours = challenge();
    peer.write(GREETING, ours);
    byte[] theirs = peer.read(CHALLENGE_BYTES);
    require(peer.read(PROOF_BYTES), secret.proof(Side.ACCEPTOR, ours, theirs));
    peer.write(secret.proof(Side.CONNECTOR, ours, theirs));
  }

  private byte[] challenge() {
    byte[] challenge = new byte[CHALLENGE_BYTES];
    random.nextBytes(challenge);
    return challenge;
  }

  private static void require(byte[] found, byte[] expected) throws IOException {
    if (!MessageDigest.isEqual(found, expected)) {
      throw new IOException("its secret is another one (security.grid)");
    }
  }

  private static String reason(IOException e) {
    return switch (e) {
      case SocketTimeoutException _ -> "no handshake within " + LIMIT.toSeconds() + " s";
      case EOFException _ -> "it closed the connection during the handshake";
      default -> String.valueOf(e.getMessage());
    };
  }

  /** Says it in the log, at most once in ten seconds with the number of all. */
  private IOException refused(InetAddress peer, String reason) {
    long count = refusals.incrementAndGet();
    long now = System.nanoTime();
    long due = logAgain.get();
    if (now - due >= 0 && logAgain.compareAndSet(due, now + LOG_EVERY_NANOS)) {
      LOG.warn(
          "grid connection with {} refused: {} ({} refused since the start)",
          peer.getHostAddress(),
          reason,
          count);
    }
    return new IOException("handshake with " + peer.getHostAddress() + " failed: " + reason);
  }

  /** The other end of a connection, which must be done within {@link #LIMIT}. */
  private static final class Peer {
    private final Socket socket;
    private final DataInputStream in;
    private final long end = System.nanoTime() + LIMIT.toNanos();

    Peer(Socket socket) throws IOException {
      this.socket = socket;
      this.in = new DataInputStream(socket.getInputStream());
    }

    /** Byte by byte, so that none is taken that belongs to Hazelcast, and slow ones have an end. */
    byte[] read(int length) throws IOException {
      byte[] bytes = new byte[length];
      for (int at = 0; at < length; ) {
        long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
        if (left <= 0) {
          throw new SocketTimeoutException();
        }
        socket.setSoTimeout((int) left);
        int count = in.read(bytes, at, length - at);
        if (count < 0) {
          throw new EOFException();
        }
        at += count;
      }
      return bytes;
    }

    void write(byte[]... parts) throws IOException {
      for (byte[] part : parts) {
        socket.getOutputStream().write(part);
      }
    }
  }
}
