package dev.stampede.cli;

import dev.stampede.config.Setting;
import dev.stampede.config.SettingLayer;
import dev.stampede.persistence.ProcessIdentity;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What runs on this machine, as {@code run.yaml} of the data folder has it.
 *
 * @param pid the process of {@code up} or {@code demo}
 * @param started when that process started, as {@link ProcessIdentity} has it
 * @param clusterSize the nodes that were planned
 * @param database where orders are kept; null while that starts
 * @param nodes the nodes that were started; empty while they start
 */
record Run(
    long pid, String started, int clusterSize, @Nullable Login database, List<Member> nodes) {

  static final String FILE = "run.yaml";

  /** How to log in to the database. */
  record Login(String url, String user, String password) {

    /** As settings of a node. */
    SettingLayer settings() {
      return SettingLayer.empty()
          .with(Setting.DATABASE_URL, url, FILE)
          .with(Setting.DATABASE_USER, user, FILE)
          .with(Setting.DATABASE_PASSWORD, password, FILE);
    }

    @Override
    public String toString() {
      return user + "@" + url;
    }
  }

  /**
   * One node.
   *
   * @param name as in logs
   * @param http its address for clients
   * @param grid its address {@code host:port} for other nodes
   * @param pid its process
   */
  record Member(String name, String http, String grid, long pid) {}

  /** A run that has only begun. */
  static Run begun(ProcessIdentity process, int clusterSize) {
    return new Run(process.pid(), process.started(), clusterSize, null, List.of());
  }

  boolean isAlive() {
    return new ProcessIdentity(pid, started).isAlive();
  }

  /** The database, once there is one. */
  Optional<Login> login() {
    return Optional.ofNullable(database);
  }
}
