package dev.stampede.grid;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Asks a member what its clock says, in milliseconds since 1970. Runs on that member. */
final class ReadClock
    implements Callable<Long>, HazelcastInstanceAware, IdentifiedDataSerializable {

  private transient @Nullable NodeClock clock;

  /** The question; also for deserialization. */
  ReadClock() {}

  @Override
  public Long call() {
    return Objects.requireNonNull(clock, "runs on a member only").millis();
  }

  @Override
  public void setHazelcastInstance(HazelcastInstance member) {
    clock = NodeClock.of(member);
  }

  @Override
  public void writeData(ObjectDataOutput out) throws IOException {
    out.writeByte(GridSerialization.WIRE_VERSION);
  }

  @Override
  public void readData(ObjectDataInput in) throws IOException {
    GridSerialization.checkVersion(in.readByte());
  }

  @Override
  public int getFactoryId() {
    return GridSerialization.FACTORY_ID;
  }

  @Override
  public int getClassId() {
    return GridSerialization.READ_CLOCK;
  }
}
