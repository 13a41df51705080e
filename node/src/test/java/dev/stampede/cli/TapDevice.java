package dev.stampede.cli;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * A network device whose other end is this process: what the kernel sends through it is read here,
 * and what is written here the kernel receives. It may be moved into another network namespace, and
 * ends when it is deleted there.
 *
 * <p>One thread reads; any may write.
 */
final class TapDevice {

  /** More than an Ethernet frame of an MTU of 1500 has. */
  private static final int LONGEST_FRAME = 2_048;

  private static final int O_RDWR_CLOEXEC = 0x80002;
  private static final long TUNSETIFF = 0x4004_54caL;
  private static final short TAP_WITHOUT_HEADER = 0x1002;
  private static final int REQUEST_BYTES = 40; // struct ifreq
  private static final int FLAGS_AT = 16; // in it, after the name

  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
  private static final MemoryLayout POINTER = ValueLayout.ADDRESS;
  private static final MethodHandle OPEN =
      function("open", FunctionDescriptor.of(INT, POINTER, INT), Linker.Option.firstVariadicArg(2));
  private static final MethodHandle IOCTL =
      function(
          "ioctl",
          FunctionDescriptor.of(INT, INT, LONG, POINTER),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle READ =
      function("read", FunctionDescriptor.of(LONG, INT, POINTER, LONG));
  private static final MethodHandle WRITE =
      function("write", FunctionDescriptor.of(LONG, INT, POINTER, LONG));
  private static final MethodHandle CLOSE = function("close", FunctionDescriptor.of(INT, INT));

  private final MemorySegment in = Arena.ofAuto().allocate(LONGEST_FRAME);
  private final MemorySegment out = Arena.ofAuto().allocate(LONGEST_FRAME);
  private final int file;
  private boolean closed;

  /** Makes a device of that name, in the namespace of this process. */
  TapDevice(String name) {
    try (Arena arena = Arena.ofConfined()) {
      file = (int) OPEN.invokeExact(arena.allocateFrom("/dev/net/tun"), O_RDWR_CLOEXEC);
      MemorySegment request = arena.allocate(REQUEST_BYTES);
      request.setString(0, name);
      request.set(ValueLayout.JAVA_SHORT, FLAGS_AT, TAP_WITHOUT_HEADER);
      if ((int) IOCTL.invokeExact(file, TUNSETIFF, request) < 0) {
        throw new AssertionError("cannot make the TAP device " + name + "; that needs root");
      }
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /** Waits for a frame. Empty once the device is no more. */
  Optional<byte[]> read() {
    try {
      long length = (long) READ.invokeExact(file, in, (long) LONGEST_FRAME);
      return length > 0
          ? Optional.of(in.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE))
          : Optional.empty();
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /** Sends a frame; where the device is down or no more, it is lost. */
  synchronized void write(byte[] frame) {
    if (closed) {
      return; // another file may have its number
    }
    MemorySegment.copy(frame, 0, out, ValueLayout.JAVA_BYTE, 0, frame.length);
    try {
      long _ = (long) WRITE.invokeExact(file, out, (long) frame.length);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /** By the thread that read, after the last frame. */
  synchronized void close() {
    closed = true;
    try {
      int _ = (int) CLOSE.invokeExact(file);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  @SuppressWarnings("restricted") // the reason for --enable-native-access
  private static MethodHandle function(
      String name, FunctionDescriptor signature, Linker.Option... options) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), signature, options);
  }
}
