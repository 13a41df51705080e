package dev.stampede.hotspot.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What stands outside: reports accesses and reads what is hot. */
final class Middleware implements AutoCloseable {
  private final KafkaTopics topics;
  private final KafkaProducer<String, String> producer;
  private final KafkaConsumer<String, String> consumer;

  Middleware(KafkaTopics topics) {
    this.topics = topics;
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", topics.servers(), "max.block.ms", 1_000),
            new StringSerializer(),
            new StringSerializer());
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                topics.servers(),
                "group.id",
                "middleware",
                "auto.offset.reset",
                "earliest",
                "metadata.max.age.ms",
                1_000),
            new StringDeserializer(),
            new StringDeserializer());
    consumer.subscribe(List.of(topics.hot()));
  }

  void tell(String value) {
    producer.send(new ProducerRecord<>(topics.access(), value));
  }

  /** What it is told next, if anything. */
  List<String> hear() {
    return StreamSupport.stream(consumer.poll(Duration.ofMillis(200)).spliterator(), false)
        .map(told -> told.value())
        .toList();
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
    consumer.close(CloseOptions.timeout(Duration.ZERO));
  }
}
