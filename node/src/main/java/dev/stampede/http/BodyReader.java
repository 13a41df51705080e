package dev.stampede.http;

import java.util.Arrays;
import org.eclipse.jetty.io.Content;

/**
 * The bytes of a body that have arrived, up to {@link Exchange#MAX_BODY}. Its space doubles when it
 * is full, so that each byte is copied twice at most, however small the pieces are. For one thread
 * at a time.
 */
final class BodyReader {

  /** A purchase has some 30 bytes. */
  private static final int FIRST = 64;

  private static final byte[] NOTHING = {};

  private byte[] bytes = NOTHING;
  private int size;

  /**
   * Takes what a chunk holds; the caller releases it.
   *
   * @return false, with nothing taken, where the body is longer than allowed
   */
  boolean add(Content.Chunk chunk) {
    int more = chunk.remaining();
    if (size + more > Exchange.MAX_BODY) {
      return false;
    }
    makeRoom(more, chunk.isLast());
    int _ = chunk.get(bytes, size, more);
    size += more;
    return true;
  }

  /** A body in one piece, as nearly all are, has its array to itself. */
  private void makeRoom(int more, boolean last) {
    int needed = size + more;
    if (needed > bytes.length) {
      int room = size == 0 && last ? needed : Math.max(FIRST, Math.max(needed, 2 * bytes.length));
      bytes = Arrays.copyOf(bytes, Math.min(room, Exchange.MAX_BODY));
    }
  }

  /** All of it. */
  byte[] toBytes() {
    return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
  }

  /** Forgets it. */
  void clear() {
    bytes = NOTHING;
    size = 0;
  }
}
