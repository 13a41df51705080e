package dev.stampede.config;

/**
 * Where a node answers HTTP.
 *
 * @param host the address to bind
 * @param port 1 to 65535, or 0 for any free one
 */
public record HttpSettings(String host, int port) {}
