package dev.stampede.load;

import dev.stampede.load.buyer.Base64Text;
import dev.stampede.load.buyer.Buyers;
import dev.stampede.load.buyer.JwtSigner;
import dev.stampede.load.buyer.SignedBuyers;
import dev.stampede.load.buyer.TokenBuyers;
import dev.stampede.load.buyer.WebhookSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the run signs with.
 *
 * @param adminToken for the audit
 */
record Credentials(Buyers buyers, String adminToken, WebhookSigner payments) {
  private static final Duration SPARE = Duration.ofHours(1);

  /** What a run that pays nothing has to sign with. */
  private static final String NO_SECRET = "whsec_AA==";

  /**
   * @throws LoadException where something is missing or malformed
   */
  static Credentials of(LoadOptions options, DataFolder data, String run) {
    Path file = options.secrets == null ? data.secrets() : options.secrets;
    String audience =
        data.secret("STAMPEDE_JWT_AUDIENCE", file, "audience")
            .map(DataFolder.Secret::text)
            .orElse("");
    Optional<JwtSigner> signer =
        data.secret("STAMPEDE_JWT_SECRET", file, "jwt")
            .map(secret -> signer(secret, audience, options));
    Optional<DataFolder.Secret> payment = data.secret("STAMPEDE_PAYMENT_SECRET", file, "payment");
    return new Credentials(
        buyers(options, signer, file, run),
        Optional.ofNullable(options.adminToken)
            .or(() -> signer.map(jwt -> jwt.admin("load-" + run)))
            .orElseThrow(() -> missing("jwt", "STAMPEDE_JWT_SECRET", file, "--admin-token")),
        payments(options, payment, file));
  }

  private static Buyers buyers(
      LoadOptions options, Optional<JwtSigner> signer, Path file, String run) {
    if (options.tokens != null) {
      return tokenBuyers(options.tokens);
    }
    return new SignedBuyers(
        run,
        options.buyers,
        signer.orElseThrow(() -> missing("jwt", "STAMPEDE_JWT_SECRET", file, "--tokens")));
  }

  private static Buyers tokenBuyers(Path file) {
    try {
      List<String> tokens =
          Files.readAllLines(file).stream().map(String::strip).filter(t -> !t.isEmpty()).toList();
      if (tokens.isEmpty()) {
        throw new LoadException(
            ExitCode.ENVIRONMENT, file + " is empty: `stampede tokens --count N` fills it");
      }
      return new TokenBuyers(tokens);
    } catch (IOException | IllegalArgumentException e) {
      throw new LoadException(
          ExitCode.ENVIRONMENT,
          "--tokens %s cannot be used (expected one JWT a line): %s"
              .formatted(file, e.getMessage()));
    }
  }

  private static JwtSigner signer(DataFolder.Secret secret, String audience, LoadOptions options) {
    try {
      Duration lifetime = SPARE.plus(options.duration).plus(options.settle);
      return new JwtSigner(Base64Text.decode(secret.text()), audience, Instant.now(), lifetime);
    } catch (IllegalArgumentException e) {
      throw malformed(secret, "BASE64", e);
    }
  }

  private static WebhookSigner payments(
      LoadOptions options, Optional<DataFolder.Secret> secret, Path file) {
    if (secret.isEmpty() && options.pay > 0) {
      throw missing("payment", "STAMPEDE_PAYMENT_SECRET", file, "--pay 0");
    }
    try {
      return new WebhookSigner(secret.map(DataFolder.Secret::text).orElse(NO_SECRET));
    } catch (IllegalArgumentException e) {
      throw malformed(secret.orElseThrow(), "whsec_BASE64", e);
    }
  }

  private static LoadException malformed(
      DataFolder.Secret secret, String expected, IllegalArgumentException why) {
    return new LoadException(
        ExitCode.ENVIRONMENT,
        "%s: found something else (not shown), expected %s: %s"
            .formatted(secret.source(), expected, why.getMessage()));
  }

  private static LoadException missing(String key, String variable, Path file, String instead) {
    return new LoadException(
        ExitCode.ENVIRONMENT,
        "no %s secret: %s has no '%s' (`stampede up` writes it); set %s or use %s"
            .formatted(key, file, key, variable, instead));
  }
}
