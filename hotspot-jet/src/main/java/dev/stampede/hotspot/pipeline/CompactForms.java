package dev.stampede.hotspot.pipeline;

import com.hazelcast.nio.serialization.compact.CompactReader;
import com.hazelcast.nio.serialization.compact.CompactSerializer;
import com.hazelcast.nio.serialization.compact.CompactWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The types as Compact records; type and field names are the wire format and never change. */
final class CompactForms {
  private CompactForms() {}

  static final class OfAccessCount implements CompactSerializer<AccessCount> {
    @Override
    public AccessCount read(CompactReader reader) {
      return new AccessCount(
          text(reader.readString("key")), reader.readInt64("reads"), reader.readInt64("purchases"));
    }

    @Override
    public void write(CompactWriter writer, AccessCount count) {
      writer.writeString("key", count.key());
      writer.writeInt64("reads", count.reads());
      writer.writeInt64("purchases", count.purchases());
    }

    @Override
    public String getTypeName() {
      return "stampede.AccessCount";
    }

    @Override
    public Class<AccessCount> getCompactClass() {
      return AccessCount.class;
    }
  }

  static final class OfAccessBatch implements CompactSerializer<AccessBatch> {
    @Override
    public AccessBatch read(CompactReader reader) {
      AccessCount[] counts = reader.readArrayOfCompact("counts", AccessCount.class);
      return new AccessBatch(
          text(reader.readString("node")),
          reader.readInt64("at"),
          counts == null ? List.of() : Arrays.asList(counts));
    }

    @Override
    public void write(CompactWriter writer, AccessBatch batch) {
      writer.writeString("node", batch.node());
      writer.writeInt64("at", batch.at());
      writer.writeArrayOfCompact("counts", batch.counts().toArray(AccessCount[]::new));
    }

    @Override
    public String getTypeName() {
      return "stampede.AccessBatch";
    }

    @Override
    public Class<AccessBatch> getCompactClass() {
      return AccessBatch.class;
    }
  }

  static final class OfHotItem implements CompactSerializer<HotItem> {
    @Override
    public HotItem read(CompactReader reader) {
      return new HotItem(
          text(reader.readString("key")),
          reader.readFloat64("rate"),
          reader.readFloat64("purchaseRate"),
          reader.readInt64("since"),
          reader.readInt64("at"),
          sources(reader.readArrayOfString("sources")));
    }

    @Override
    public void write(CompactWriter writer, HotItem item) {
      writer.writeString("key", item.key());
      writer.writeFloat64("rate", item.rate());
      writer.writeFloat64("purchaseRate", item.purchaseRate());
      writer.writeInt64("since", item.since());
      writer.writeInt64("at", item.at());
      writer.writeArrayOfString(
          "sources", item.sources().stream().map(HotSource::name).toArray(String[]::new));
    }

    /** Without those that another build may have and this one does not know. */
    private static Set<HotSource> sources(@Nullable String @Nullable [] names) {
      List<@Nullable String> told = names == null ? List.of() : Arrays.asList(names);
      return Stream.of(HotSource.values())
          .filter(source -> told.contains(source.name()))
          .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public String getTypeName() {
      return "stampede.HotItem";
    }

    @Override
    public Class<HotItem> getCompactClass() {
      return HotItem.class;
    }
  }

  static final class OfAccessSum implements CompactSerializer<AccessSum> {
    @Override
    public AccessSum read(CompactReader reader) {
      return new AccessSum(
          reader.readInt64("nodes"), reader.readInt64("purchases"), reader.readInt64("kafka"));
    }

    @Override
    public void write(CompactWriter writer, AccessSum sum) {
      writer.writeInt64("nodes", sum.nodes());
      writer.writeInt64("purchases", sum.purchases());
      writer.writeInt64("kafka", sum.kafka());
    }

    @Override
    public String getTypeName() {
      return "stampede.AccessSum";
    }

    @Override
    public Class<AccessSum> getCompactClass() {
      return AccessSum.class;
    }
  }

  private static String text(@Nullable String value) {
    return Objects.requireNonNull(value, "a text that is always there");
  }
}
