package dev.stampede.load.record;

/** Why an attempt had to be made again. */
public enum Setback {
  BUSY("busy"),
  SHED("shed"),
  TRANSPORT_ERROR("transportError"),
  OUTCOME_UNKNOWN("outcomeUnknown");

  private final String label;

  Setback(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}
