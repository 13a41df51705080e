package dev.stampede.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/hot/events} of one client. It keeps how far it was told, and no backlog: what
 * comes while a write is under way waits in the log that all streams share.
 *
 * <p>Threads: once begun, that of {@link HotStreams} only. Jetty writes and tells it when it is
 * done; nobody waits meanwhile.
 */
final class HotStream extends Exchange {

  private static final HttpField EVENTS =
      Answer.fixed(HttpHeader.CONTENT_TYPE, "text/event-stream");

  /** An nginx in between would collect events until its buffer is full. */
  private static final HttpField UNBUFFERED = new HttpField("X-Accel-Buffering", "no");

  /** When a client comes back, in milliseconds; spread, as all of a node leave it together. */
  private static final int RETRY_LEAST = 1_000;

  private static final int RETRY_MOST = 3_000;

  private final HotStreams streams;
  private final @Nullable String lastEventId;
  private final Network network;
  private boolean writing;
  private boolean ending;
  private boolean ended;
  private int beatsMissed;
  private long told = SpellLog.NOTHING;

  HotStream(
      FrontParts parts,
      HttpMetrics.Meters meters,
      Head head,
      HotStreams streams,
      Request request,
      Response response,
      Callback callback) {
    super(parts, meters, head, request, response, callback);
    this.streams = streams;
    this.network = Network.of(request.getConnectionMetaData().getRemoteSocketAddress());
    this.lastEventId = request.getHeaders().get("Last-Event-ID");
  }

  @Override
  void begin() {
    if (head.method().equals("HEAD")) {
      byte[] _ = prepare(beginning());
      response.write(true, BufferUtil.EMPTY_BUFFER, this);
    } else {
      streams.open(this);
    }
  }

  private static Answer beginning() {
    int retry = ThreadLocalRandom.current().nextInt(RETRY_LEAST, RETRY_MOST);
    byte[] first = ("retry: " + retry + "\n\n").getBytes(US_ASCII);
    return new Answer(200, List.of(EVENTS, Answer.NO_STORE, UNBUFFERED), first);
  }

  /** Where its client is. */
  Network network() {
    return network;
  }

  /** The id of the last event that the client has had from whichever node; null for none. */
  @Nullable String lastEventId() {
    return lastEventId;
  }

  /** The number of the last event that the client knows of. */
  long told() {
    return told;
  }

  /** Whether it can be told something now. */
  boolean isFree() {
    return !writing && !ending;
  }

  /** Whether a write goes on. */
  boolean isStuck() {
    return writing;
  }

  /** Starts the answer. */
  void open(long upTo) {
    write(prepare(beginning()), upTo);
  }

  void refuse(ProblemType type) {
    attempt(() -> {
      throw new Refused(type);
    });
  }

  /**
   * Sends something. Only while it is free.
   *
   * @param bytes shared, and not changed
   * @param upTo the last event that the client knows of then
   */
  void write(byte[] bytes, long upTo) {
    writing = true;
    told = upTo;
    response.write(false, ByteBuffer.wrap(bytes), new Written());
  }

  /** Sends a comment, so that nobody takes the connection for idle; counts where it cannot. */
  int beat(byte[] comment) {
    if (isFree()) {
      write(comment, told);
    } else {
      beatsMissed++;
    }
    return beatsMissed;
  }

  /** Ends the answer properly, after what is being written. */
  void end() {
    ending = true;
    if (!writing) {
      ended = true;
      writing = true;
      response.write(true, BufferUtil.EMPTY_BUFFER, new Written());
    }
  }

  /** Ends the connection; what is being written fails. */
  void cut() {
    request
        .getConnectionMetaData()
        .getConnection()
        .getEndPoint()
        .close(new TimeoutException("the client does not read its events"));
  }

  private void written() {
    writing = false;
    beatsMissed = 0;
    if (ended) {
      succeeded();
    } else if (ending) {
      end();
    } else {
      streams.catchUp(this);
    }
  }

  /** Called by whichever thread of Jetty wrote. */
  private final class Written implements Callback {

    @Override
    public void succeeded() {
      streams.later(HotStream.this::written);
    }

    @Override
    public void failed(Throwable failure) {
      streams.later(() -> {
        streams.forget(HotStream.this);
        HotStream.this.failed(failure);
      });
    }

    @Override
    public InvocationType getInvocationType() {
      return InvocationType.NON_BLOCKING;
    }
  }
}
