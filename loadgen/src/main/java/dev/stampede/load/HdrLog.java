package dev.stampede.load;

import java.io.FileNotFoundException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.jspecify.annotations.Nullable;

/** An HdrHistogram log with one histogram a second; without a file it writes nothing. */
final class HdrLog implements AutoCloseable {
  private static final double MILLIS_PER_SECOND = 1000;
  private static final double MICROS_PER_MILLI = 1000;

  private final @Nullable HistogramLogWriter writer;
  private final Instant start;

  /**
   * @throws LoadException if the file cannot be written
   */
  HdrLog(@Nullable Path file, Instant start) {
    this.start = start;
    this.writer = file == null ? null : open(file);
    if (writer != null) {
      writer.outputLogFormatVersion();
      writer.outputStartTime(start.toEpochMilli());
      writer.setBaseTime(start.toEpochMilli());
      writer.outputLegend();
    }
  }

  private static HistogramLogWriter open(Path file) {
    try {
      return new HistogramLogWriter(file.toFile());
    } catch (FileNotFoundException e) {
      throw new LoadException(
          ExitCode.ENVIRONMENT, "--hdr %s cannot be written: %s".formatted(file, e.getMessage()));
    }
  }

  /** Adds the latencies between two instants. */
  void add(Histogram interval, Instant from, Instant to) {
    if (writer != null) {
      // The maximum's column is in the unit of the values divided by the last: milliseconds.
      writer.outputIntervalHistogram(seconds(from), seconds(to), interval, MICROS_PER_MILLI);
    }
  }

  private double seconds(Instant at) {
    return Duration.between(start, at).toMillis() / MILLIS_PER_SECOND;
  }

  @Override
  public void close() {
    if (writer != null) {
      writer.close();
    }
  }
}
