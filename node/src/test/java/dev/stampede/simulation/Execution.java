package dev.stampede.simulation;

/** A call at one owner: it has come back with its answer and all acknowledgements. */
final class Execution {

  private final Runnable done;
  private final boolean waits;
  private int missing;
  private boolean answered;

  /**
   * One that waits for some nodes.
   *
   * @param done what the caller does then
   * @param backups a bit for each node
   */
  Execution(Runnable done, int backups, boolean waits) {
    this.done = done;
    this.missing = backups;
    this.waits = waits;
  }

  void acknowledgedBy(int node) {
    missing &= ~(1 << node);
    completeIfWhole();
  }

  void answered() {
    answered = true;
    completeIfWhole();
  }

  private void completeIfWhole() {
    if (answered && (missing == 0 || !waits)) {
      done.run();
    }
  }
}
