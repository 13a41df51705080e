package dev.stampede.grid;

import com.hazelcast.internal.networking.HandlerStatus;
import com.hazelcast.internal.nio.Packet;
import com.hazelcast.internal.server.ServerConnection;
import com.hazelcast.internal.server.tcp.PacketDecoder;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Reads the packets of one member. Hazelcast's own decoder reserves what a packet claims to be long
 * as soon as it has its head: 2 GiB for eleven bytes, which ends the node. This one takes memory as
 * the bytes arrive, and refuses a length that no packet of a healthy member has.
 *
 * <p>Layout of a packet: version (1 byte), flags (2), partition (4), length (4), content.
 *
 * <p>Threads: one input thread of Hazelcast's network at a time.
 */
final class BoundedPacketDecoder extends PacketDecoder {

  /** What is reserved at once, in bytes; more only when so many have arrived. */
  static final int FIRST_BYTES = 1 << 20;

  private final Reader reader;

  /**
   * A decoder of one connection.
   *
   * @param mostBytes the longest content that is accepted
   */
  BoundedPacketDecoder(ServerConnection connection, Consumer<Packet> target, int mostBytes) {
    super(connection, target);
    this.reader = new Reader(mostBytes);
  }

  @Override
  public HandlerStatus onRead() {
    src.flip();
    try {
      reader.read(src, this::onPacketComplete);
      return HandlerStatus.CLEAN;
    } finally {
      src.compact();
    }
  }

  /** Puts packets together from bytes. */
  static final class Reader {
    private static final int HEAD_BYTES =
        Byte.BYTES + Character.BYTES + Integer.BYTES + Integer.BYTES;
    private static final byte[] NOTHING = {};

    private final int mostBytes;
    private boolean hasHead;
    private char flags;
    private int partition;
    private int length;
    private byte[] content = NOTHING;
    private int arrived;

    Reader(int mostBytes) {
      this.mostBytes = mostBytes;
    }

    /**
     * Takes what it can of the bytes, and tells of each packet that is complete.
     *
     * @throws IllegalArgumentException if they are no packet, or too long a one
     */
    void read(ByteBuffer from, Consumer<Packet> complete) {
      while (readHead(from) && readContent(from)) {
        hasHead = false;
        byte[] whole = content;
        content = NOTHING;
        complete.accept(new Packet(whole, partition).resetFlagsTo(flags));
      }
    }

    /** How many bytes the packet that is on its way takes. */
    int reserved() {
      return content.length;
    }

    private boolean readHead(ByteBuffer from) {
      if (hasHead) {
        return true;
      }
      if (from.remaining() < HEAD_BYTES) {
        return false;
      }
      byte version = from.get();
      if (version != Packet.VERSION) {
        throw new IllegalArgumentException("unknown version of a packet: " + version);
      }
      flags = from.getChar();
      partition = from.getInt();
      length = from.getInt();
      if (length < 0 || length > mostBytes) {
        throw new IllegalArgumentException(
            "a packet claims " + length + " bytes, and the most is " + mostBytes);
      }
      hasHead = true;
      arrived = 0;
      content = new byte[Math.min(length, FIRST_BYTES)];
      return true;
    }

    private boolean readContent(ByteBuffer from) {
      while (arrived < length && from.hasRemaining()) {
        if (arrived == content.length) {
          content = Arrays.copyOf(content, (int) Math.min(length, 2L * content.length));
        }
        int count = Math.min(from.remaining(), content.length - arrived);
        from.get(content, arrived, count);
        arrived += count;
      }
      return arrived == length;
    }
  }
}
