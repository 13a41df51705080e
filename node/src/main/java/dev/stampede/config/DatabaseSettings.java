package dev.stampede.config;

/**
 * Where orders are kept.
 *
 * @param url {@code jdbc:mariadb://host:port/database}
 * @param user who logs in
 * @param password with which password
 * @param poolSize connections per node, 2 to 64
 */
public record DatabaseSettings(String url, String user, String password, int poolSize) {

  /** Without the password: settings end up in logs. */
  @Override
  public String toString() {
    return "DatabaseSettings[url=" + url + ", user=" + user + ", poolSize=" + poolSize + "]";
  }
}
