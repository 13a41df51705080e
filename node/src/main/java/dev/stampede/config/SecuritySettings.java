package dev.stampede.config;

import java.util.List;

/**
 * The secrets that all nodes share, and whom tokens must be for.
 *
 * @param jwt signs the tokens of buyers and admins, 32 bytes or more, base64
 * @param audience whom the claim {@code aud} of a token must name; empty: anybody
 * @param orderId makes order ids unguessable, 32 bytes or more, base64
 * @param payment sign payment notifications, {@code whsec_…}; two during a rotation
 * @param grid admits nodes to the grid, 32 bytes or more, base64
 */
public record SecuritySettings(
    String jwt, String audience, String orderId, List<String> payment, String grid) {

  /** Nothing: settings end up in logs. */
  @Override
  public String toString() {
    return "SecuritySettings[…]";
  }
}
