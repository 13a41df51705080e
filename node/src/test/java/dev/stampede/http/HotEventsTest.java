package dev.stampede.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HotEventsTest extends ApiTest {

  private static final String PATH = "/api/hot/events";
  private static final int MOST = 4;
  private static final HotStreams.Bounds HASTY =
      new HotStreams.Bounds(MOST, MOST, Duration.ofMillis(200));
  private static final HotStreams.Bounds PATIENT =
      new HotStreams.Bounds(MOST, MOST, Duration.ofMinutes(1));
  private static final Instant SINCE = Instant.parse("2026-11-11T12:00:00Z");

  /** So large that the kernel does not hold many of them for a client. */
  private static final String LONG = "x".repeat(4_000);

  private static final int MANY = 4_000;
  private static final int BATCH = 100;

  @BeforeEach
  void startAnother() {
    restart(HASTY);
  }

  @AfterEach
  void stopThis() {
    server.close();
  }

  private void restart(HotStreams.Bounds bounds) {
    server.close();
    server = new TestServer(0, bounds);
  }

  @Test
  void events_always_beginWithAllThatIsHotAndGoOnInOrder() {
    server.heat(hot("a", "n"));
    try (EventStream stream = stream("")) {
      EventStream.Event first = stream.next();
      assertThat(first.name()).isEqualTo("snapshot");
      assertThat(first.data()).isEqualTo(get("/api/hot").body());

      server.heat(hot("b", "n"));
      server.cool("a");
      server.cool("b");

      EventStream.Event begun = stream.next();
      assertThat(begun.name()).isEqualTo("hot");
      assertThat("{\"hot\":[" + begun.data() + "]}")
          .isEqualTo(first.data().replace("\"sale\":\"a\"", "\"sale\":\"b\""));
      List<EventStream.Event> last = List.of(stream.next(), stream.next());
      assertThat(last).extracting(EventStream.Event::name).containsOnly("cold");
      assertThat(last)
          .extracting(EventStream.Event::data)
          .containsExactly("{\"sale\":\"a\"}", "{\"sale\":\"b\"}");
      assertThat(List.of(first.id(), begun.id(), last.get(0).id(), last.get(1).id()))
          .doesNotHaveDuplicates()
          .allMatch(id -> id.matches("[0-9a-f]+-[0-9]+"));
    }
  }

  @Test
  void events_whenNothingHappens_areCommentsAndATimeToComeBack() {
    try (EventStream stream = stream("")) {
      await().untilAsserted(() -> assertThat(stream.comments).hasValueGreaterThan(3));
      assertThat(stream.retry).isBetween(1_000, 3_000);
      assertThat(HotStreams.Bounds.of(1).beat()).isLessThan(Duration.ofSeconds(15));
    }
  }

  @Test
  void lastEventId_ofThisNode_isGoneOnFrom() {
    String last = lastId();
    server.heat(hot("missed", "n"));
    server.cool("missed");

    try (EventStream stream = stream(last)) {
      server.heat(hot("new", "n"));

      assertThat(stream.next().name()).isEqualTo("hot");
      assertThat(stream.next().data()).isEqualTo("{\"sale\":\"missed\"}");
      assertThat(stream.next().data()).contains("\"new\"");
    }
  }

  @Test
  void lastEventId_whenTooMuchHasHappenedSince_isAnsweredByAReset() {
    String last = lastId();
    server.heat(hot("hot", "n"));
    for (int i = 0; i < SpellLog.KEPT; i++) {
      server.cool("other");
    }

    try (EventStream stream = stream(last)) {
      EventStream.Event event = stream.next();
      assertThat(event.name()).isEqualTo("reset");
      assertThat(event.data()).contains("\"sale\":\"hot\"");
    }
  }

  @Test
  void lastEventId_ofAnotherNode_isAnsweredByAReset() {
    try (TestServer other = new TestServer();
        EventStream there = new EventStream(other.port(), "")) {
      server.heat(hot("hot", "n"));
      try (EventStream stream = stream(there.next().id())) {
        EventStream.Event event = stream.next();
        assertThat(event.name()).isEqualTo("reset");
        assertThat(event.data()).contains("\"sale\":\"hot\"");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "-1", "%s-", "%s-99", "%s--1", "%s-1x", "%s-99999999999999999999"})
  void lastEventId_ofNobody_isAnsweredByAReset(String id) {
    String run = lastId().replaceAll("-.*", "");
    try (EventStream stream = stream(id.formatted(run))) {
      assertThat(stream.next().name()).isEqualTo("reset");
    }
  }

  @Test
  void events_whenAClientDoesNotRead_reachTheOthersAndItIsCut() throws IOException {
    try (Socket deaf = deaf();
        EventStream other = stream("")) {
      awaitStreams(2);
      flood(other);

      awaitStreams(1);
      assertThat(deaf.isConnected()).isTrue();
      assertThat(other.hasEnded()).isFalse();
    }
  }

  /** A quiet node would send nothing for hours: the comments find it out. */
  @Test
  void events_whenAClientIsGone_areSentToItNoLonger() {
    EventStream stream = stream("");
    awaitStreams(1);
    stream.close();

    awaitStreams(0);
  }

  @Test
  void events_whenAClientFallsBehind_areOneNewListForIt() throws IOException {
    restart(PATIENT);
    try (Socket slow = deaf();
        EventStream other = stream("")) {
      awaitStreams(2);
      flood(other);
      server.heat(hot("last", "n"));

      String read = readUntil(slow, "\"sale\":\"last\"");

      assertThat(read).contains("event: snapshot", "event: hot", "event: reset");
      assertThat(read.split("event: hot", -1)).hasSizeLessThan(MANY / 2);
    }
  }

  @Test
  void events_whenTooManyListen_areRefusedUntilOneLeaves() {
    List<EventStream> streams = IntStream.range(0, MOST).mapToObj(i -> stream("")).toList();

    HttpResponse<String> refused = get(PATH);

    assertProblem(refused, 503, "too-many-streams");
    assertRetryAfter(refused, 5, 11);
    await()
        .untilAsserted(
            () -> assertThat(get("/metrics").body()).contains("stampede_hot_streams " + MOST));
    streams.getFirst().close();
    awaitStreams(MOST - 1);
    try (EventStream stream = stream("")) {
      assertThat(stream.next().name()).isEqualTo("snapshot");
    }
    streams.forEach(EventStream::close);
  }

  @Test
  void drain_always_endsAllStreamsEvenThatOfAClientThatDoesNotRead() throws IOException {
    restart(PATIENT);
    try (Socket deaf = deaf();
        EventStream stream = stream("")) {
      awaitStreams(2);
      flood(stream);

      assertThat(server.http.drain()).isTrue();

      await().until(stream::hasEnded);
      assertThat(deaf.isConnected()).isTrue();
      assertProblem(get(PATH), 503, "draining");
    }
  }

  @Test
  void head_always_isTheBeginningOnly() {
    HttpResponse<String> response = send(to(PATH).method("HEAD", BodyPublishers.noBody()));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "Content-Type")).isEqualTo("text/event-stream");
    assertThat(response.body()).isEmpty();
    await()
        .untilAsserted(() -> assertThat(get("/metrics").body()).contains("stampede_hot_streams 0"));
  }

  @Test
  void otherMethods_always_areRefused() {
    HttpResponse<String> response = send(to(PATH).POST(BodyPublishers.ofString("x")));

    assertProblem(response, 405, "method-not-allowed");
    assertThat(header(response, "Allow")).isEqualTo("GET, HEAD, OPTIONS");
  }

  private EventStream stream(String lastEventId) {
    return new EventStream(server.port(), lastEventId);
  }

  /** The id of what a client hears that leaves at once. */
  private String lastId() {
    try (EventStream stream = stream("")) {
      return stream.next().id();
    }
  }

  private void awaitStreams(int number) {
    await()
        .untilAsserted(() ->
            assertThat(get("/metrics").body()).contains("stampede_hot_streams " + number + ".0"));
  }

  private static Heat.HotSale hot(String sale, String node) {
    return new Heat.HotSale(sale, 600.5, 30, SINCE, List.of("nodes"), List.of(node));
  }

  /** More than the kernel holds, and never faster than a client that reads. */
  private void flood(EventStream other) {
    for (int i = 1; i <= MANY; i++) {
      server.heat(hot("flood", LONG));
      server.cool("flood");
      if (i % BATCH == 0) {
        String mark = "mark-" + i;
        server.cool(mark);
        while (!other.next().data().contains(mark)) {
          assertThat(other.hasEnded()).isFalse();
        }
      }
    }
  }

  /** A client that asks for events and does not read. */
  private Socket deaf() throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4_096);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    socket.setSoTimeout(10_000);
    socket
        .getOutputStream()
        .write(("GET " + PATH + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(UTF_8));
    return socket;
  }

  private static String readUntil(Socket socket, String text) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder read = new StringBuilder();
    byte[] buffer = new byte[1 << 16];
    while (read.indexOf(text, Math.max(0, read.length() - 2 * buffer.length)) < 0) {
      int count = in.read(buffer);
      assertThat(count).as("the end came before %s", text).isPositive();
      read.append(new String(buffer, 0, count, UTF_8));
    }
    return read.toString();
  }
}
