package dev.stampede.hotspot.pipeline;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.FileInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.LongAdder;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** The lines of one file, plain or gzip, in little memory whatever is in it. */
final class LineReader implements Closeable {

  /** The rest of a longer line is skipped; nginx takes no request or header beyond 32 KiB. */
  static final int MAX_LINE = 1 << 16;

  private static final int GZIP = 0x1f8b;

  private final InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private final byte[] line = new byte[MAX_LINE];
  private int at;
  private int end;

  /**
   * Opens a file.
   *
   * @param progress counts the bytes that are read from it
   */
  LineReader(String file, LongAdder progress) throws IOException {
    InputStream raw =
        new BufferedInputStream(new Counting(new FileInputStream(file), progress), 1 << 16);
    try {
      in = isGzip(raw) ? new GZIPInputStream(raw, 1 << 16) : raw;
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  /** By what it begins with: a rotated file may have any name. */
  private static boolean isGzip(InputStream file) throws IOException {
    file.mark(2);
    int first = file.read();
    int second = file.read();
    file.reset();
    return first << 8 == (GZIP & 0xff00) && second == (GZIP & 0xff);
  }

  /** The next line without its end, or null after the last. */
  @Nullable String next() throws IOException {
    int length = 0;
    int it = read();
    if (it < 0) {
      return null;
    }
    for (; it >= 0 && it != '\n'; it = read()) {
      if (length < MAX_LINE) {
        line[length++] = (byte) it;
      }
    }
    if (length > 0 && length < MAX_LINE && line[length - 1] == '\r') {
      length--; // of a file with CRLF
    }
    return new String(line, 0, length, StandardCharsets.ISO_8859_1);
  }

  private int read() throws IOException {
    if (at == end) {
      at = 0;
      end = Math.max(0, in.read(buffer));
    }
    return at < end ? buffer[at++] & 0xff : -1;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** Says how far one has read. */
  private static final class Counting extends FilterInputStream {

    private final LongAdder count;

    Counting(InputStream in, LongAdder count) {
      super(in);
      this.count = count;
    }

    @Override
    public int read(byte[] bytes, int from, int most) throws IOException {
      int read = super.read(bytes, from, most);
      count.add(Math.max(0, read));
      return read;
    }
  }
}
