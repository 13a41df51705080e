package dev.stampede.hotspot.pipeline;

import java.io.Serializable;
import java.util.List;

/**
 * What a scan reads.
 *
 * @param paths the files, plain or gzip; regular ones, since each is read twice
 * @param names what messages call them, one for each
 * @param since the first second that counts, since 1970
 * @param until the first that no longer does
 */
public record LogFiles(List<String> paths, List<String> names, long since, long until)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Files that messages call as they are. */
  public LogFiles(List<String> paths, long since, long until) {
    this(paths, paths, since, until);
  }

  boolean include(AccessLogLine line) {
    return line.second() >= since && line.second() < until;
  }
}
