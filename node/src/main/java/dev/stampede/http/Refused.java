package dev.stampede.http;

/** Ends the reading of a request that is not what it should be. Costs no stack trace. */
final class Refused extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient Problem problem;

  Refused(Problem problem) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  Refused(ProblemType type, String detail) {
    this(Problem.of(type, detail));
  }

  Refused(ProblemType type) {
    this(Problem.of(type));
  }

  Problem problem() {
    return problem;
  }
}
