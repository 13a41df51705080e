package dev.stampede.stock;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A link of the chain of changes: SHA-256 over the link before it and the change itself. */
public final class ChainHash {

  /** Length in bytes. */
  public static final int LENGTH = 32;

  /** What the first change of every shard follows. */
  public static final ChainHash GENESIS = new ChainHash(new byte[LENGTH]);

  private final byte[] bytes;

  private ChainHash(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * A hash as it was stored.
   *
   * @throws IllegalArgumentException where it has not {@value #LENGTH} bytes
   */
  public static ChainHash of(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("a chain hash has 32 bytes, not " + bytes.length);
    }
    return new ChainHash(bytes.clone());
  }

  /** The hash of the change with this canonical form, following this one. */
  public ChainHash next(byte[] body) {
    MessageDigest digest = sha256();
    digest.update(bytes);
    return new ChainHash(digest.digest(body));
  }

  /** A copy of the 32 bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ChainHash hash && Arrays.equals(bytes, hash.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }
}
