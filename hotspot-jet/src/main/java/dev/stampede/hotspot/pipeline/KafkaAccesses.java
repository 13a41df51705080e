package dev.stampede.hotspot.pipeline;

import com.hazelcast.jet.core.metrics.Metrics;
import com.hazelcast.jet.pipeline.SourceBuilder;
import com.hazelcast.jet.pipeline.SourceBuilder.SourceBuffer;
import com.hazelcast.jet.pipeline.StreamSource;
import com.hazelcast.logging.ILogger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * What middleware outside reports, from now on: one consumer in the cluster, without a group. Jet's
 * thread takes from a bounded queue and never waits; when it is full the consumer does.
 */
final class KafkaAccesses {
  /** Metrics of the job: records read, and of them those that were malformed and those too old. */
  static final String READ = "kafkaAccessesRead";

  static final String MALFORMED = "kafkaAccessesMalformed";
  static final String LATE = "kafkaAccessesLate";

  private static final int QUEUED = 10_000;
  private static final int AT_ONCE = 1_000;
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration ANSWER = Duration.ofSeconds(2);

  /** How soon a new partition is found, in milliseconds. */
  private static final int METADATA_AGE = 5_000;

  private final KafkaTopics topics;
  private final KafkaLink link;
  private final BlockingQueue<Access> queue = new ArrayBlockingQueue<>(QUEUED);
  private final List<Access> taken = new ArrayList<>(AT_ONCE);
  private final AtomicLong read = new AtomicLong();
  private final AtomicLong malformed = new AtomicLong();
  private final AtomicLong late = new AtomicLong();

  private KafkaAccesses(KafkaTopics topics, ILogger logger) {
    this.topics = topics;
    this.link =
        new KafkaLink(
            "Accesses from Kafka, topic " + topics.access() + " at " + topics.servers(),
            logger,
            this::consume);
  }

  static StreamSource<Access> source(KafkaTopics topics) {
    return SourceBuilder.stream(
            "told-by-kafka", context -> open(new KafkaAccesses(topics, context.logger())))
        .fillBufferFn(KafkaAccesses::fill)
        .destroyFn(KafkaAccesses::close)
        .build();
  }

  private static KafkaAccesses open(KafkaAccesses accesses) {
    accesses.link.open();
    return accesses;
  }

  private void fill(SourceBuffer<Access> buffer) {
    queue.drainTo(taken, AT_ONCE);
    taken.forEach(buffer::add);
    taken.clear();
    Metrics.metric(READ).set(read.get());
    Metrics.metric(MALFORMED).set(malformed.get());
    Metrics.metric(LATE).set(late.get());
  }

  /** Without one where it could not be made. */
  private static void close(@Nullable KafkaAccesses accesses) {
    if (accesses != null) {
      accesses.link.close();
    }
  }

  private void consume() throws InterruptedException {
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    try {
      while (true) {
        assign(consumer);
        link.works();
        for (ConsumerRecord<byte[], byte[]> told : consumer.poll(POLL)) {
          accept(told);
        }
      }
    } finally {
      // Or closing would be interrupted instead of consuming.
      boolean interrupted = Thread.interrupted();
      consumer.close(CloseOptions.timeout(Duration.ZERO));
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** All partitions that there are now; known ones go on where they are, without a question. */
  private void assign(KafkaConsumer<byte[], byte[]> consumer) {
    Set<TopicPartition> partitions =
        consumer.partitionsFor(topics.access(), ANSWER).stream()
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .collect(Collectors.toSet());
    if (partitions.isEmpty()) {
      throw new UnknownTopicOrPartitionException("there is no topic " + topics.access());
    }
    if (!partitions.equals(consumer.assignment())) {
      consumer.assign(partitions);
    }
  }

  private void accept(ConsumerRecord<byte[], byte[]> told) throws InterruptedException {
    read.incrementAndGet();
    Optional<KafkaRecords.Told> access = KafkaRecords.read(told.value(), told.timestamp());
    if (access.isEmpty()) {
      malformed.incrementAndGet();
    } else if (System.currentTimeMillis() - access.get().time() > KafkaLink.STALE) {
      // What was held back while a broker was away would look like a rush now.
      late.incrementAndGet();
    } else {
      queue.put(access.get().access());
    }
  }

  private Map<String, Object> settings() {
    return Map.of(
        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
        topics.servers(),
        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
        "latest",
        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
        false,
        ConsumerConfig.METADATA_MAX_AGE_CONFIG,
        METADATA_AGE,
        ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG,
        (int) ANSWER.toMillis(),
        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
        (int) ANSWER.toMillis(),
        ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG,
        false);
  }
}
