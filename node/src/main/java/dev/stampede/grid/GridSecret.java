package dev.stampede.grid;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stampede.config.Base64Text;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret that all nodes of one grid share. It never leaves the node: what travels is derived
 * from it by HMAC-SHA256, and each use derives something else.
 *
 * <p>Any thread may use it.
 */
public final class GridSecret {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int MIN_BYTES = 32;

  /** 128 bits of a cluster's name. */
  private static final int NAME_BYTES = 16;

  private final SecretKeySpec key;

  private GridSecret(byte[] bytes) {
    this.key = new SecretKeySpec(bytes, ALGORITHM);
  }

  /**
   * Reads a secret.
   *
   * @param base64 of 32 bytes or more
   * @throws IllegalArgumentException if it is not that; the message does not show it
   */
  public static GridSecret of(String base64) {
    byte[] bytes =
        Base64Text.decode(base64)
            .orElseThrow(
                () -> new IllegalArgumentException("the secret of the grid is not base64"));
    if (bytes.length < MIN_BYTES) {
      throw new IllegalArgumentException(
          "the secret of the grid must have " + MIN_BYTES + " bytes or more");
    }
    return new GridSecret(bytes);
  }

  /** The cluster's name as members compare it: 128 bits of it cannot be guessed. */
  String clusterName(String name) {
    byte[] hash = derive("cluster name", name.getBytes(UTF_8));
    return name + "-" + HexFormat.of().formatHex(hash, 0, NAME_BYTES);
  }

  /**
   * Proves that one side of a connection has the secret.
   *
   * @param side which of the two; neither can repeat what the other has said
   * @param challenges the random numbers of both sides
   */
  byte[] proof(Side side, byte[]... challenges) {
    return derive("connection " + side.name(), challenges);
  }

  private byte[] derive(String use, byte[]... parts) {
    Mac mac = mac();
    mac.update(use.getBytes(UTF_8));
    mac.update((byte) 0);
    for (byte[] part : parts) {
      mac.update(part);
    }
    return mac.doFinal();
  }

  private Mac mac() {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac;
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  /** Nothing: settings end up in logs. */
  @Override
  public String toString() {
    return "GridSecret[…]";
  }

  /** The two ends of a connection. */
  enum Side {
    /** It opened the connection. */
    CONNECTOR,
    /** It was listening. */
    ACCEPTOR
  }
}
