package dev.stampede.config;

import java.util.List;

/**
 * Where programs outside of the grid tell of accesses, and are told of hot sales.
 *
 * @param servers brokers to ask first, {@code host:port}, at least one
 * @param access the topic that accesses come from
 * @param hot the topic that hot sales go into
 */
public record KafkaSettings(List<String> servers, String access, String hot) {}
