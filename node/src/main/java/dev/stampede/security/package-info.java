/**
 * Who may: tokens of buyers and admins, signatures of the payment provider, unguessable order keys.
 *
 * <p>All classes are immutable and may be used by any thread at once. Nothing here logs, and no
 * message names a secret, a token or a signature. Imports {@code java.*}, the domain,
 * nimbus-jose-jwt and Jackson.
 */
@NullMarked
package dev.stampede.security;

import org.jspecify.annotations.NullMarked;
