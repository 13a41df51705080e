package dev.stampede.grid;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.internal.nio.BufferObjectDataOutput;
import com.hazelcast.internal.serialization.InternalSerializationService;
import com.hazelcast.internal.serialization.impl.DefaultSerializationServiceBuilder;
import com.hazelcast.jet.impl.execution.init.CustomClassLoadedObject;
import com.hazelcast.jet.pipeline.Pipeline;
import dev.stampede.config.ClusterSettings;
import dev.stampede.hotspot.pipeline.HotspotConfig;
import dev.stampede.hotspot.pipeline.HotspotPipeline;
import dev.stampede.hotspot.pipeline.KafkaTopics;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What comes to a member by Java's serialization, and which of it is made into objects. */
final class JavaInputFilterTest {

  private static boolean ran;

  /** It does as gadgets do: something happens when it is read, whatever class was expected. */
  private static final class Gadget implements Serializable {
    private static final long serialVersionUID = 1;

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      ran = true;
    }
  }

  @BeforeEach
  void reset() {
    ran = false;
  }

  @Test
  void member_whenAClassOfThisProjectIsNoneOfTheJob_refusesIt() {
    InternalSerializationService member = member();
    var bytes = member.toData(new Gadget());

    assertThatThrownBy(() -> member.toObject(bytes))
        .hasStackTraceContaining("Resolving class " + Gadget.class.getName() + " is not allowed");
    assertThat(ran).isFalse();
  }

  @Test
  void member_whenTheJobOfHotSalesComes_readsIt() {
    InternalSerializationService member = member();

    Object job = member.toObject(member.toData(HotspotPipeline.build(config())));

    assertThat(job).isInstanceOf(Pipeline.class);
  }

  @Test
  void stream_whenAClassOfThisProjectIsNoneOfTheJob_refusesIt() throws IOException {
    byte[] bytes = written(new Gadget[] {new Gadget()});

    assertThatThrownBy(() -> read(bytes)).isInstanceOf(InvalidClassException.class);
    assertThat(ran).isFalse();
  }

  @Test
  void stream_whenItIsOfTheJob_readsIt() throws Exception {
    Serializable config = config();

    assertThat(read(written(config))).isEqualTo(config);
    assertThat(read(written(new long[] {1}))).isEqualTo(new long[] {1});
    assertThat(read(written(new IllegalStateException("a"))))
        .hasToString("" + new IllegalStateException("a"));
  }

  /** Hazelcast reads the code of jobs past its own filter: so in a process with this one. */
  @Test
  void jobCode_whenItIsNotOurs_isRefusedInAProcessOfANode() throws Exception {
    assertThat(process("without")).contains("Gadget ran: true");
    assertThat(process("with")).contains("Gadget ran: false", "REJECTED");
  }

  /** Reads a gadget as Jet reads the parts of a job. */
  public static void main(String[] arguments) throws IOException {
    if (arguments[0].equals("with")) {
      JavaInputFilter.install();
    }
    InternalSerializationService member = new DefaultSerializationServiceBuilder().build();
    BufferObjectDataOutput out = member.createObjectDataOutput();
    CustomClassLoadedObject.write(out, new Gadget());
    try {
      CustomClassLoadedObject.read(member.createObjectDataInput(out.toByteArray()));
    } catch (RuntimeException | IOException e) {
      System.out.println(e);
    }
    System.out.println("Gadget ran: " + ran);
  }

  private static String process(String filter) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                JavaInputFilterTest.class.getName(),
                filter)
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  private static InternalSerializationService member() {
    ClusterSettings cluster =
        new ClusterSettings(
            "name", 1, "127.0.0.1", 5_701, List.of(), false, TestCluster.MAX_CLOCK_SKEW);
    return new DefaultSerializationServiceBuilder()
        .setConfig(
            GridConfig.of("member", cluster, TestCluster.PERSISTENCE, TestCluster.SECRET)
                .getSerializationConfig())
        .build();
  }

  private static HotspotConfig config() {
    return new HotspotConfig(
        200, 100, 64, Optional.of(new KafkaTopics("127.0.0.1:9092", "access", "hot")));
  }

  private static byte[] written(Object value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    }
    return bytes.toByteArray();
  }

  private static Object read(byte[] bytes) throws IOException, ClassNotFoundException {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      in.setObjectInputFilter(new JavaInputFilter());
      return in.readObject();
    }
  }
}
