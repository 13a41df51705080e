package dev.stampede.hotspot.pipeline;

import com.hazelcast.jet.core.metrics.Metrics;
import com.hazelcast.jet.pipeline.Sink;
import com.hazelcast.jet.pipeline.SinkBuilder;
import com.hazelcast.logging.ILogger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Tells middleware outside what is hot. Jet's thread puts into a bounded queue and never waits:
 * what finds it full, cannot be sent within seconds, or has become old is counted and dropped,
 * because a key that is still hot is told again a second later. Only the member on which the board
 * runs has anything to tell, and so a producer.
 */
final class KafkaHotItems {
  /** Metric of the job: what could not be sent. */
  static final String UNSENT = "kafkaHotItemsUnsent";

  private static final int QUEUED = 10_000;
  private static final int BLOCK_MILLIS = 500;
  private static final int REQUEST_MILLIS = 1_000;
  private static final int DELIVERY_MILLIS = 2_000;

  private final KafkaTopics topics;
  private final KafkaLink link;
  private final BlockingQueue<HotItem> queue = new ArrayBlockingQueue<>(QUEUED);
  private final AtomicLong unsent = new AtomicLong();

  private KafkaHotItems(KafkaTopics topics, ILogger logger) {
    this.topics = topics;
    this.link =
        new KafkaLink(
            "Hot sales to Kafka, topic " + topics.hot() + " at " + topics.servers(),
            logger,
            this::produce);
  }

  static Sink<HotItem> sink(KafkaTopics topics) {
    return SinkBuilder.sinkBuilder(
            "told-to-kafka", context -> open(new KafkaHotItems(topics, context.logger())))
        .<HotItem>receiveFn(KafkaHotItems::receive)
        .destroyFn(KafkaHotItems::close)
        .preferredLocalParallelism(1)
        .build();
  }

  private static KafkaHotItems open(KafkaHotItems items) {
    items.link.open();
    return items;
  }

  private void receive(HotItem item) {
    if (!queue.offer(item)) {
      unsent.incrementAndGet();
    }
    Metrics.metric(UNSENT).set(unsent.get());
  }

  /** Without one where it could not be made. */
  private static void close(@Nullable KafkaHotItems items) {
    if (items != null) {
      items.link.close();
    }
  }

  private void produce() throws InterruptedException {
    HotItem next = queue.take();
    KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings(), new ByteArraySerializer(), new ByteArraySerializer());
    try {
      while (true) {
        send(producer, next);
        next = queue.take();
      }
    } finally {
      boolean interrupted = Thread.interrupted();
      producer.close(Duration.ZERO);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void send(KafkaProducer<byte[], byte[]> producer, HotItem item) {
    if (System.currentTimeMillis() - item.at() > KafkaLink.STALE) {
      unsent.incrementAndGet();
      return;
    }
    var _ = producer.send(message(item), (_, failure) -> sent(failure));
  }

  private void sent(@Nullable Exception failure) {
    if (failure == null) {
      link.works();
    } else {
      unsent.incrementAndGet();
      link.fails(failure);
    }
  }

  private ProducerRecord<byte[], byte[]> message(HotItem item) {
    try {
      return new ProducerRecord<>(
          topics.hot(), item.key().getBytes(StandardCharsets.UTF_8), KafkaRecords.write(item));
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
  }

  private Map<String, Object> settings() {
    return Map.of(
        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
        topics.servers(),
        ProducerConfig.LINGER_MS_CONFIG,
        0,
        ProducerConfig.MAX_BLOCK_MS_CONFIG,
        BLOCK_MILLIS,
        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
        REQUEST_MILLIS,
        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
        DELIVERY_MILLIS,
        ProducerConfig.ENABLE_METRICS_PUSH_CONFIG,
        false);
  }
}
