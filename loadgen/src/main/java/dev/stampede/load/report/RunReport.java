package dev.stampede.load.report;

import dev.stampede.load.record.RunResult;
import dev.stampede.load.verdict.Verdict;
import java.time.Instant;

/**
 * A whole run, ready to be told.
 *
 * @param seconds how long buyers kept coming
 * @param targetRate arrivals a second that were asked for; 0 in the closed model
 * @param requestsPerSecond while buyers kept coming
 * @param interrupted whether the run was ended before its time
 */
public record RunReport(
    Instant startedAt,
    double seconds,
    double targetRate,
    double requestsPerSecond,
    boolean interrupted,
    RunResult run,
    Verdict verdict) {

  double arrivalsPerSecond() {
    return seconds > 0 ? (run.arrivals() - run.notSent()) / seconds : 0;
  }
}
