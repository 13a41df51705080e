package dev.stampede.persistence;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/** Where the embedded database keeps what: everything is under one folder, nothing in /tmp. */
record DatabaseFiles(Path folder, Path log) {
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /** The files under {@code data}, with the folders that they need. */
  static DatabaseFiles under(Path data) throws IOException {
    Path root = data.toAbsolutePath().normalize();
    DatabaseFiles files =
        new DatabaseFiles(root.resolve("mariadb"), root.resolve("logs").resolve("mariadb.log"));
    Files.createDirectories(files.temporary());
    Files.createDirectories(files.log().getParent());
    return files;
  }

  /** The server's programs, one folder a version. */
  Path base() {
    return folder.resolve("base");
  }

  /** The tables. */
  Path tables() {
    return folder.resolve("data");
  }

  Path temporary() {
    return folder.resolve("tmp");
  }

  Path serverPid() {
    return folder.resolve("mariadbd.pid");
  }

  /** The process that started the server, and stops it, as {@link ProcessIdentity} writes it. */
  Path ownerPid() {
    return folder.resolve("owner.pid");
  }

  /** Held while a server is being started, so that two starts come one after the other. */
  Path startLock() {
    return folder.resolve("start.lock");
  }

  /** The settings that come with the program, written anew at every start. */
  Path writeSettings() throws IOException {
    Path file = folder.resolve("my.cnf");
    try (InputStream settings = DatabaseFiles.class.getResourceAsStream("/embedded-mariadb.cnf")) {
      if (settings == null) {
        throw new IOException("embedded-mariadb.cnf is not on the class path");
      }
      Files.write(file, settings.readAllBytes());
    }
    return file;
  }

  /** The statements that the server runs at start; they hold the password. */
  Path writeInitialStatements(String statements) throws IOException {
    Path file = folder.resolve("init.sql");
    writeForOwner(file, statements);
    return file;
  }

  /** The password of the database's only account, drawn at the first start. */
  String password() throws IOException {
    Path file = folder.resolve("password");
    if (Files.notExists(file)) {
      byte[] random = new byte[24];
      new SecureRandom().nextBytes(random);
      writeForOwner(file, Base64.getUrlEncoder().encodeToString(random));
    }
    return Files.readString(file).strip();
  }

  private static void writeForOwner(Path file, String text) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(file, OWNER_ONLY);
    Files.writeString(file, text, StandardOpenOption.WRITE);
  }
}
