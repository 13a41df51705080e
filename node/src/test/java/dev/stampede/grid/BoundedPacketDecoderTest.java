package dev.stampede.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.internal.nio.Packet;
import com.hazelcast.internal.nio.PacketIOHelper;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BoundedPacketDecoderTest {
  private static final int MOST = 8 << 20;
  private static final int MEBIBYTE = 1 << 20;

  private final BoundedPacketDecoder.Reader reader = new BoundedPacketDecoder.Reader(MOST);

  @Test
  void read_ofPacketsInPiecesOfAnySize_readsThemAsTheyWere() {
    Random random = new Random(7);
    List<Packet> sent =
        IntStream.of(0, 9, 100, MEBIBYTE, MEBIBYTE + 1, MOST).mapToObj(n -> packet(n)).toList();
    ByteBuffer bytes = written(sent);
    ByteBuffer src = ByteBuffer.allocate(256 << 10);

    List<Packet> found = new ArrayList<>();
    while (bytes.hasRemaining()) {
      int piece = Math.min(random.nextInt(1, src.remaining() + 1), bytes.remaining());
      src.put(bytes.slice(bytes.position(), piece));
      bytes.position(bytes.position() + piece);
      src.flip();
      reader.read(src, found::add);
      src.compact();
    }

    assertThat(found).isEqualTo(sent);
  }

  @Test
  void read_whenAPacketOnlyClaimsToBeLong_reservesLittle() {
    reader.read(head(MOST), _ -> {});

    assertThat(reader.reserved()).isEqualTo(BoundedPacketDecoder.FIRST_BYTES);
  }

  @ParameterizedTest
  @ValueSource(ints = {MOST + 1, Integer.MAX_VALUE, -1, Integer.MIN_VALUE})
  void read_whenALengthIsOutOfBounds_refusesIt(int length) {
    assertThatThrownBy(() -> reader.read(head(length), _ -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("claims " + length + " bytes");
  }

  private static ByteBuffer head(int length) {
    return ByteBuffer.allocate(64)
        .put(Packet.VERSION)
        .putChar('\0')
        .putInt(-1)
        .putInt(length)
        .flip();
  }

  private static Packet packet(int length) {
    byte[] content = new byte[length];
    new Random(length).nextBytes(content);
    return new Packet(content, length);
  }

  private static ByteBuffer written(List<Packet> packets) {
    ByteBuffer bytes =
        ByteBuffer.allocate(packets.stream().mapToInt(Packet::getFrameLength).sum() + 1_000);
    PacketIOHelper writer = new PacketIOHelper();
    packets.forEach(packet -> assertThat(writer.writeTo(packet, bytes)).isTrue());
    return bytes.flip();
  }
}
