package dev.stampede.hotspot.pipeline;

import com.hazelcast.jet.pipeline.BatchSource;
import com.hazelcast.jet.pipeline.SourceBuilder;
import com.hazelcast.jet.pipeline.SourceBuilder.SourceBuffer;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * One reader's share of the files: every so-many-th, one after the other. Jet's own source of files
 * reads no gzip. Each reader has a thread of its own, which may block.
 */
final class LogSource implements Closeable {

  /** Where the count of bytes stands in the member's user context, if anybody wants to know. */
  static final String PROGRESS = "bytes read";

  /** Where the names of the files that end in the middle are collected. */
  static final String CUT = "cut files";

  private static final int LINES_AT_ONCE = 512;

  private final List<String> files;
  private final int step;
  private final List<String> names;
  private final LongAdder progress;
  private final Set<String> cut;
  private int file;
  private long number;
  private @Nullable LineReader reader;

  private LogSource(LogFiles logs, int first, int step, LongAdder progress, Set<String> cut) {
    this.files = logs.paths();
    this.names = logs.names();
    this.cut = cut;
    this.file = first;
    this.step = step;
    this.progress = progress;
  }

  /** Every line of these files. */
  static BatchSource<LogLine> of(LogFiles logs) {
    int files = logs.paths().size();
    return SourceBuilder.batch(
            "access-logs",
            context ->
                open(
                    logs,
                    context.globalProcessorIndex(),
                    context.totalParallelism(),
                    context.hazelcastInstance().getUserContext()))
        .<LogLine>fillBufferFn(LogSource::fill)
        .destroyFn(source -> {
          if (source != null) {
            source.close();
          }
        })
        .distributed(Math.min(files, Runtime.getRuntime().availableProcessors()))
        .build();
  }

  @SuppressWarnings("unchecked") // the scanner puts it there
  private static LogSource open(LogFiles logs, int first, int step, Map<String, Object> context) {
    return new LogSource(
        logs,
        first,
        step,
        (LongAdder) context.getOrDefault(PROGRESS, new LongAdder()),
        (Set<String>) context.getOrDefault(CUT, ConcurrentHashMap.newKeySet()));
  }

  private void fill(SourceBuffer<LogLine> buffer) {
    for (int i = 0; i < LINES_AT_ONCE; i++) {
      if (file >= files.size()) {
        buffer.close();
        return;
      }
      try {
        read(buffer);
      } catch (IOException e) {
        if (!(e instanceof EOFException) || number == 0) {
          throw new UncheckedIOException(
              names.get(file) + ": cannot be read after line " + number + ": " + e.getMessage(), e);
        }
        skipRest();
      }
    }
  }

  /** A gzip that ends in the middle: what was in it until then counts, but for its last line. */
  private void skipRest() {
    cut.add(names.get(file));
    try {
      close();
    } catch (IOException e) {
      throw new UncheckedIOException(names.get(file) + ": cannot be closed", e);
    }
    file += step;
  }

  private void read(SourceBuffer<LogLine> buffer) throws IOException {
    if (reader == null) {
      number = 0;
      reader = new LineReader(files.get(file), progress);
    }
    String line = reader.next();
    if (line == null) {
      close();
      file += step;
    } else {
      buffer.add(new LogLine(file, ++number, line));
    }
  }

  @Override
  public void close() throws IOException {
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }
}
