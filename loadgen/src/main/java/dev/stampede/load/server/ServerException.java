package dev.stampede.load.server;

/** The servers cannot be asked; the message says what, why and what to do. */
public final class ServerException extends RuntimeException {
  public ServerException(String message) {
    super(message);
  }
}
