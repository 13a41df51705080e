package dev.stampede.config;

import dev.stampede.routing.Role;

/**
 * The node itself.
 *
 * @param name what logs and health call it, 1 to 40 characters
 * @param role for which sales an edge should use it
 */
public record NodeSettings(String name, Role role) {}
