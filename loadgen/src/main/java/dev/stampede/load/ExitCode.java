package dev.stampede.load;

/** What the tool's exit code means. */
enum ExitCode {
  OK(0),
  VERDICT_FAILED(1),
  USAGE(2),
  ENVIRONMENT(3),
  THRESHOLD_CROSSED(99),
  INTERRUPTED(130);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }
}
