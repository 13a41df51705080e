package dev.stampede.hotspot.pipeline;

import com.hazelcast.jet.pipeline.BatchSource;
import com.hazelcast.jet.pipeline.SourceBuilder;
import com.hazelcast.jet.pipeline.SourceBuilder.SourceBuffer;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * One reader's share of the files: every so-many-th, one after the other. Jet's own source of files
 * reads no gzip. Each reader has a thread of its own, which may block.
 */
final class LogSource implements Closeable {

  /** Where the count of bytes stands in the member's user context, if anybody wants to know. */
  static final String PROGRESS = "bytes read";

  private static final int LINES_AT_ONCE = 512;

  private final List<String> files;
  private final int step;
  private final LongAdder progress;
  private int file;
  private long number;
  private @Nullable LineReader reader;

  private LogSource(List<String> files, int first, int step, LongAdder progress) {
    this.files = files;
    this.file = first;
    this.step = step;
    this.progress = progress;
  }

  /** Every line of these files. */
  static BatchSource<LogLine> of(LogFiles logs) {
    List<String> files = logs.names();
    return SourceBuilder.batch(
            "access-logs",
            context ->
                new LogSource(
                    files,
                    context.globalProcessorIndex(),
                    context.totalParallelism(),
                    (LongAdder)
                        context
                            .hazelcastInstance()
                            .getUserContext()
                            .getOrDefault(PROGRESS, new LongAdder())))
        .<LogLine>fillBufferFn(LogSource::fill)
        .destroyFn(source -> {
          if (source != null) {
            source.close();
          }
        })
        .distributed(Math.min(files.size(), Runtime.getRuntime().availableProcessors()))
        .build();
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
        throw new UncheckedIOException(
            files.get(file) + ": cannot be read after line " + number + ": " + e.getMessage(), e);
      }
    }
  }

  private void read(SourceBuffer<LogLine> buffer) throws IOException {
    if (reader == null) {
      reader = new LineReader(files.get(file), progress);
      number = 0;
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
