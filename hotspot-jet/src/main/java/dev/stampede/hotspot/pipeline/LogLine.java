package dev.stampede.hotspot.pipeline;

/**
 * A line as it stands in a file.
 *
 * @param file the number of the file, from 0
 * @param number the number of the line in it, from 1
 * @param text its bytes, each as one character; cut where it is longer than any nginx writes
 */
record LogLine(int file, long number, String text) {}
