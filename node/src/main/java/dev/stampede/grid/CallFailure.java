package dev.stampede.grid;

import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.core.IndeterminateOperationStateException;
import com.hazelcast.core.MemberLeftException;
import com.hazelcast.core.OperationTimeoutException;
import com.hazelcast.spi.exception.RetryableException;
import com.hazelcast.splitbrainprotection.SplitBrainProtectionException;
import java.util.concurrent.CompletionException;

/** What a call that ended with an exception says about the commands in it. */
enum CallFailure {
  /** They may or may not have been carried out: the same call again tells. */
  UNKNOWN,
  /** They were not carried out, and will not be for now. */
  REFUSED,
  /** They may or may not have been carried out, and a call again would end the same. */
  BROKEN;

  /** A mapping of the grid's exceptions, which are not all of one family. */
  static CallFailure of(Throwable thrown) {
    Throwable cause =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    return switch (cause) {
      case SplitBrainProtectionException e -> REFUSED;
      case IndeterminateOperationStateException e -> UNKNOWN;
      case MemberLeftException e -> UNKNOWN;
      case OperationTimeoutException e -> UNKNOWN;
      case RetryableException e -> UNKNOWN;
      case HazelcastInstanceNotActiveException e -> BROKEN;
      default -> BROKEN;
    };
  }
}
