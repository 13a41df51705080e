package dev.stampede.hotspot.pipeline;

import static com.hazelcast.jet.pipeline.WindowDefinition.sliding;
import static com.hazelcast.jet.pipeline.WindowDefinition.tumbling;

import com.hazelcast.jet.Traversers;
import com.hazelcast.jet.aggregate.AggregateOperations;
import com.hazelcast.jet.pipeline.Pipeline;
import com.hazelcast.jet.pipeline.Sinks;
import com.hazelcast.jet.pipeline.StreamStage;

/**
 * From accesses to hot sales. Everything runs once a member, because what arrives is aggregated
 * already; the board runs once.
 *
 * <p>Time is when an access arrives here: clocks of others do not matter, and a source that is
 * silent holds nobody up. The second window waits for nothing: it is as long as a step of the
 * first, which says itself when it has said all of a step.
 */
public final class HotspotPipeline {
  /** {@code IMap<String, HotItem>} whose entries expire: the hot sales by key. */
  public static final String HOT_ITEMS = "hot-items";

  private HotspotPipeline() {}

  /** The whole job; to be run without a processing guarantee, which Jet's default is. */
  public static Pipeline build(HotspotConfig config) {
    Pipeline pipeline = Pipeline.create();
    StreamStage<Access> counted = countedByNodes(pipeline);
    StreamStage<Access> accesses =
        config.kafka().map(topics -> counted.merge(toldByKafka(pipeline, topics))).orElse(counted);
    StreamStage<HotItem> hot = hotItems(accesses, config);
    hot.writeTo(Sinks.map(HOT_ITEMS, HotItem::key, item -> item)).setLocalParallelism(1);
    config.kafka().ifPresent(topics -> hot.writeTo(KafkaHotItems.sink(topics)));
    return pipeline;
  }

  private static StreamStage<Access> countedByNodes(Pipeline pipeline) {
    return pipeline
        .readFrom(AccessLog.source())
        .withIngestionTimestamps()
        .flatMap(batch -> Traversers.traverseIterable(batch.counts()).map(Access::byNode))
        .setLocalParallelism(1)
        .setName("counted-by-nodes");
  }

  private static StreamStage<Access> toldByKafka(Pipeline pipeline, KafkaTopics topics) {
    return pipeline.readFrom(KafkaAccesses.source(topics)).withIngestionTimestamps();
  }

  /** The part between sources and sinks, for any time. */
  static StreamStage<HotItem> hotItems(StreamStage<Access> accesses, HotspotConfig config) {
    double leave = config.leave();
    long step = HotspotConfig.STEP.toMillis();
    return accesses
        .groupingKey(Access::key)
        .window(sliding(HotspotConfig.WINDOW.toMillis(), step))
        .aggregate(AccessSum.operation())
        .setLocalParallelism(1)
        .setName("sum-a-key")
        .filter(window -> window.result().rate() >= leave)
        .setLocalParallelism(1)
        .setName("warm-ones")
        .map(window -> window.result().item(window.key(), window.end(), leave))
        .setLocalParallelism(1)
        .window(tumbling(step))
        .aggregate(AggregateOperations.toList())
        .setLocalParallelism(1)
        .setName("warm-ones-of-a-step")
        .flatMapStateful(
            () -> new HotBoard(config),
            (board, window) ->
                Traversers.traverseIterable(board.step(window.end(), window.result())))
        .setName("board");
  }
}
