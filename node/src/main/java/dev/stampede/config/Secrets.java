package dev.stampede.config;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.stream.Stream;

/**
 * The secrets of a local installation: drawn once, kept in {@code secrets.yaml} of the data folder,
 * readable by its owner only. None is ever built in.
 */
public final class Secrets {

  /** The file's name within the data folder. */
  public static final String FILE = "secrets.yaml";

  private static final String SECTION = "security.";
  private static final int BYTES = 32;

  private Secrets() {}

  /**
   * The layer, completed by the secrets of this data folder. Where all secrets are given, the
   * folder is not touched; otherwise they are drawn unless somebody did before.
   *
   * @throws ConfigException where the file cannot be read, written or understood
   */
  public static SettingLayer complete(SettingLayer layer, Path dataFolder) {
    boolean given =
        Stream.of(
                Setting.JWT_SECRET,
                Setting.ORDER_SECRET,
                Setting.PAYMENT_SECRETS,
                Setting.GRID_SECRET)
            .allMatch(secret -> layer.find(secret).isPresent());
    return given ? layer : layer.over(readOrCreate(dataFolder));
  }

  private static SettingLayer readOrCreate(Path dataFolder) {
    Path file = dataFolder.resolve(FILE);
    if (!Files.exists(file)) {
      try {
        create(file);
      } catch (IOException e) {
        throw new ConfigException(file + ": cannot be written: " + e.getMessage());
      }
    }
    return SettingLayer.ofFile(file, SECTION);
  }

  /** Written aside and then linked: of several processes at once one wins, and none sees half. */
  private static void create(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path draft =
        Files.createTempFile(
            file.toAbsolutePath().getParent(),
            FILE,
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Files.writeString(draft, drawn());
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException e) {
      // Another process was faster; its secrets hold.
    } finally {
      Files.delete(draft);
    }
  }

  private static String drawn() {
    SecureRandom random = new SecureRandom();
    return """
    # Made for this data folder. Whoever has these can sign tokens, orders and payments, and can
    # join the grid.
    # To change the payment secret without a gap, make it a list: [new, old].
    jwt: %s
    orderId: %s
    payment: whsec_%s
    grid: %s
    """
        .formatted(draw(random), draw(random), draw(random), draw(random));
  }

  private static String draw(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
