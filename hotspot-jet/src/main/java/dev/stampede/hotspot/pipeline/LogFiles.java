package dev.stampede.hotspot.pipeline;

import java.io.Serializable;
import java.util.List;

/**
 * What a scan reads.
 *
 * @param names the files, plain or gzip
 * @param since the first second that counts, since 1970
 * @param until the first that no longer does
 */
public record LogFiles(List<String> names, long since, long until) implements Serializable {

  private static final long serialVersionUID = 1L;

  boolean include(AccessLogLine line) {
    return line.second() >= since && line.second() < until;
  }
}
