package dev.stampede.load.http;

import java.util.function.Consumer;

/** A call under way; {@code deadline} is in {@link System#nanoTime()}. Answered exactly once. */
record Exchange(Call call, long deadline, Consumer<Answer> then) {}
