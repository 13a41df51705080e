package dev.stampede.grid;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.SerializationConfig;
import com.hazelcast.config.SerializerConfig;
import com.hazelcast.internal.serialization.InternalSerializationService;
import com.hazelcast.internal.serialization.impl.DefaultSerializationServiceBuilder;
import com.hazelcast.internal.serialization.impl.HeapData;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.stampede.sale.Reduction;
import dev.stampede.stock.Outcome;
import dev.stampede.stock.RandomCommands;
import dev.stampede.stock.ShardChange;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.ShardFixture;
import dev.stampede.stock.ShardSnapshot;
import dev.stampede.stock.StockShard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Nodes of two builds talk to each other during a rolling restart, so the format of what they send
 * stays. A sample of each kind of message is kept in {@code src/test/resources/wire/v<version>}, as
 * hexadecimal digits; {@link WireSamples} says what it means.
 *
 * <p>A new kind of message: add it to {@link WireSamples}, then run
 *
 * <pre>mvn test -pl node -am -Dtest=WireFormatTest -Dwire.write=true</pre>
 *
 * which writes the samples that are missing, and never one that is there.
 *
 * <p>A sample that fails: the format has changed, and nodes of the build before would not
 * understand it. Where that was not meant, undo it. Where it was, samples are not edited: raise
 * {@link GridSerialization#WIRE_VERSION}, let readers accept the version before beside it (and
 * write that one for as long as such nodes may be in the cluster), write the new samples beside the
 * old ones, and have this test read the old ones too for as long as their version is understood.
 * {@link dev.stampede.stock.ChangeCodec} has a version of its own, as ledgers keep its bytes for
 * good: its old samples are read for good, too.
 */
class WireFormatTest {

  private static final boolean WRITE = Boolean.getBoolean("wire.write");
  private static final Path SAMPLES =
      Path.of("src", "test", "resources", "wire", "v" + GridSerialization.WIRE_VERSION);

  private final SerializationConfig config = new SerializationConfig();
  private final InternalSerializationService service = service();

  @AfterEach
  void dispose() {
    service.dispose();
  }

  static Set<String> names() {
    return WireSamples.byName().keySet();
  }

  @ParameterizedTest
  @MethodSource("names")
  void sample_always_isWhatIsWrittenAndMeansWhatIsRead(String name) throws IOException {
    Object message = WireSamples.byName().get(name);
    byte[] written = service.toData(message).toByteArray();
    Path file = SAMPLES.resolve(name + ".hex");
    if (WRITE && !Files.exists(file)) {
      Files.createDirectories(SAMPLES);
      Files.writeString(file, HexFormat.of().formatHex(written) + "\n");
    }
    byte[] kept = HexFormat.of().parseHex(Files.readString(file).strip());

    assertThat(service.<Object>toObject(new HeapData(kept)))
        .usingRecursiveComparison()
        .withStrictTypeChecking()
        .isEqualTo(message);
    assertThat(written).asHexString().isEqualTo(HexFormat.of().withUpperCase().formatHex(kept));
  }

  @Test
  void samples_always_areOfEveryKind() throws IOException {
    Set<String> kinds = new TreeSet<>();
    leaves(ShardCommand.class).forEach(kind -> kinds.add("ShardCommand." + kind.getSimpleName()));
    leaves(Outcome.class).forEach(kind -> kinds.add("Outcome." + kind.getSimpleName()));
    messages().forEach(kind -> kinds.add(kind.getSimpleName()));
    for (SerializerConfig serializer : config.getSerializerConfigs()) {
      kinds.add(serializer.getTypeClass().getSimpleName());
    }

    assertThat(kinds).hasSizeGreaterThan(30);
    assertThat(names()).containsAll(kinds);
    try (Stream<Path> files = Files.list(SAMPLES)) {
      assertThat(files.map(file -> file.getFileName().toString().replace(".hex", "")))
          .as("no sample is left over")
          .containsExactlyInAnyOrderElementsOf(names());
    }
  }

  private static Stream<Class<?>> leaves(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(WireFormatTest::leaves)
        : Stream.of(type);
  }

  /** Every class of the grid's own that travels. */
  private static Stream<Class<?>> messages() {
    return new ClassFileImporter()
        .importPackagesOf(GridSerialization.class).stream()
            .filter(type -> type.isAssignableTo(IdentifiedDataSerializable.class))
            .map(JavaClass::reflect);
  }

  @Test
  void shardWithHistory() {
    StockShard shard = ShardFixture.shard(20, Reduction.RESERVE);
    RandomCommands random = new RandomCommands(4);
    for (int i = 0; i < 40; i++) {
      shard
          .decide(random.batch(), random.now(), ShardFixture.BOUNDS)
          .change()
          .ifPresent(shard::apply);
    }
    shard.unstored().stored(5);

    ShardSnapshot arrived = travel(shard).snapshot();
    ShardSnapshot sent = shard.snapshot();

    assertThat(arrived.head()).isEqualTo(sent.head());
    assertThat(arrived.chain()).isEqualTo(sent.chain());
    assertThat(arrived.terms()).isEqualTo(sent.terms());
    assertThat(arrived.orders()).containsExactlyInAnyOrderElementsOf(sent.orders());
    assertThat(arrived.refunds()).containsExactlyInAnyOrderElementsOf(sent.refunds());
    assertThat(arrived.adjustments()).containsExactlyInAnyOrderElementsOf(sent.adjustments());
    assertThat(arrived.unstored()).isEqualTo(sent.unstored());
    assertThat(arrived.unstored()).allMatch(ShardChange::isGenuine);
    assertThat(arrived.storedSeq()).isEqualTo(5);
  }

  @Test
  void sale_whenPromoted_beginsWithAllThatBuildsBeforeRead() {
    byte[] plain = service.toData(WireSamples.byName().get("Sale.RESERVE")).toByteArray();
    byte[] promoted = service.toData(WireSamples.byName().get("Sale.promoted")).toByteArray();

    assertThat(promoted).startsWith(plain).hasSizeGreaterThan(plain.length);
  }

  private <T> T travel(T message) {
    return service.toObject(service.toData(message));
  }

  private InternalSerializationService service() {
    GridSerialization.configure(config);
    return new DefaultSerializationServiceBuilder().setConfig(config).build();
  }
}
