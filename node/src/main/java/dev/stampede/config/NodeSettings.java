package dev.stampede.config;

/**
 * The node itself.
 *
 * @param name what logs and health call it, 1 to 40 characters
 */
public record NodeSettings(String name) {}
