package dev.stampede.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A client of server-sent events, which reads all the time. */
final class EventStream implements AutoCloseable {

  /** One event, as it came. */
  record Event(String id, String name, String data) {}

  final AtomicInteger comments = new AtomicInteger();
  private final HttpClient client = HttpClient.newHttpClient();
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final HttpResponse<InputStream> response;
  private final Thread reader;
  volatile int retry;

  /** Connects. An empty id is none. */
  EventStream(int port, String lastEventId) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/hot/events"));
    if (!lastEventId.isEmpty()) {
      request.header("Last-Event-ID", lastEventId);
    }
    try {
      response = client.send(request.build(), BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream");
    assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
    reader = Thread.startVirtualThread(this::read);
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      Event event = new Event("", "", "");
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        event = take(event, line);
      }
    } catch (IOException _) {
      assertThat(events).isNotNull(); // the connection is gone, as after an end
    }
  }

  private Event take(Event event, String line) {
    if (line.startsWith(":")) {
      comments.incrementAndGet();
    } else if (line.startsWith("retry: ")) {
      retry = Integer.parseInt(line.substring(7));
    } else if (line.startsWith("id: ")) {
      return new Event(line.substring(4), event.name(), event.data());
    } else if (line.startsWith("event: ")) {
      return new Event(event.id(), line.substring(7), event.data());
    } else if (line.startsWith("data: ")) {
      return new Event(event.id(), event.name(), line.substring(6));
    } else if (line.isEmpty() && !event.data().isEmpty()) {
      events.add(event);
      return new Event("", "", "");
    }
    return event;
  }

  /** The next event; waits for it. */
  Event next() {
    try {
      Event event = events.poll(10, TimeUnit.SECONDS);
      assertThat(event).as("an event").isNotNull();
      return event;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  boolean hasEnded() {
    return !reader.isAlive();
  }

  /** As if the client's process had been killed. */
  @Override
  public void close() {
    client.shutdownNow();
  }
}
