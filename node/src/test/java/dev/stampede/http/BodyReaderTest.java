package dev.stampede.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.Content;
import org.junit.jupiter.api.Test;

class BodyReaderTest {

  private final BodyReader reader = new BodyReader();

  private static Content.Chunk chunk(String text, boolean last) {
    return Content.Chunk.from(ByteBuffer.wrap(text.getBytes(US_ASCII)), last);
  }

  /** Copying all for each chunk takes 134 MB. */
  @Test
  void add_whenEachChunkHasOneByte_copiesEachByteTwiceAtMost() {
    Content.Chunk[] chunks = new Content.Chunk[Exchange.MAX_BODY];
    for (int i = 0; i < chunks.length; i++) {
      chunks[i] = chunk(String.valueOf((char) ('a' + i % 26)), i == chunks.length - 1);
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (Content.Chunk chunk : chunks) {
      assertTrue(reader.add(chunk));
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(allocated).isLessThan(4L * Exchange.MAX_BODY);
    assertThat(reader.toBytes()).hasSize(Exchange.MAX_BODY).startsWith('a', 'b', 'c');
  }

  private static void assertTrue(boolean added) {
    if (!added) {
      throw new AssertionError("refused within the bound");
    }
  }

  @Test
  void add_whenItIsOneByteTooMany_refuses() {
    assertThat(reader.add(chunk(" ".repeat(Exchange.MAX_BODY), false))).isTrue();
    assertThat(reader.add(chunk("", false))).isTrue();
    assertThat(reader.add(chunk("x", true))).isFalse();
    assertThat(reader.toBytes()).hasSize(Exchange.MAX_BODY);
  }

  @Test
  void toBytes_always_isWhatWasAdded() {
    assertThat(reader.toBytes()).isEmpty();
    assertThat(reader.add(chunk("{\"quanti", false))).isTrue();
    assertThat(reader.add(chunk("", false))).isTrue();
    assertThat(reader.add(chunk("ty\":1}", true))).isTrue();

    assertThat(reader.toBytes()).asString(US_ASCII).isEqualTo("{\"quantity\":1}");
    reader.clear();
    assertThat(reader.toBytes()).isEmpty();
  }
}
