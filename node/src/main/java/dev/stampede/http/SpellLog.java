package dev.stampede.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The last events of this node, as they are sent. For one thread.
 *
 * <p>An id is the name of this run of this node and a number: {@code 5f0c…-17}. Nodes learn of
 * spells each for itself, perhaps in another order, and would have to agree on numbers for an id to
 * mean the same everywhere. It need not: these events are about a state, and who comes from another
 * node with an id that is foreign here is told the whole state anew. That is never wrong, and not
 * long.
 */
final class SpellLog {

  /** How many are kept. Who is further behind is told the state. */
  static final int KEPT = 256;

  /** The number that stands for knowing nothing. */
  static final long NOTHING = -1;

  private final String run = Long.toHexString(ThreadLocalRandom.current().nextLong()) + "-";
  private final byte[][] events = new byte[KEPT][];
  private long last;

  /** The number of the newest event; 0 before the first. */
  long last() {
    return last;
  }

  void add(String name, byte[] json) {
    last++;
    events[slot(last)] = event(name, json);
  }

  /** An event as of now that is not kept. */
  byte[] event(String name, byte[] json) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(json.length + 80);
    out.writeBytes(("id: " + run + last + "\nevent: " + name + "\ndata: ").getBytes(US_ASCII));
    out.writeBytes(json);
    out.writeBytes("\n\n".getBytes(US_ASCII));
    return out.toByteArray();
  }

  /** All events after one, in their order; empty where some of them are not kept any more. */
  Optional<byte[]> after(long number) {
    if (number == NOTHING || last - number > KEPT) {
      return Optional.empty();
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (long each = number + 1; each <= last; each++) {
      out.writeBytes(events[slot(each)]);
    }
    return Optional.of(out.toByteArray());
  }

  /** The number in an id; {@link #NOTHING} where it is none of this node's. */
  long number(@Nullable String id) {
    if (id == null || !id.startsWith(run)) {
      return NOTHING;
    }
    String rest = id.substring(run.length());
    long number = rest.matches("[0-9]{1,18}") ? Long.parseLong(rest) : NOTHING;
    return number <= last ? number : NOTHING;
  }

  private static int slot(long number) {
    return (int) (number % KEPT);
  }
}
