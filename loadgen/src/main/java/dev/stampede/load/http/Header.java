package dev.stampede.load.http;

/** One request header. */
public record Header(String name, String value) {}
