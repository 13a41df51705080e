package dev.stampede.stock;

/**
 * The loadings of a shard from the database, by number, that a state of it knows of.
 *
 * @param newest the newest one; where it found this state in place, it only passed its number on
 * @param proven the one that put this state to work; 0 while it is not at work
 */
public record Epochs(int newest, int proven) {}
