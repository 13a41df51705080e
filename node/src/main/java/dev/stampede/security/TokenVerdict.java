package dev.stampede.security;

/** What a token turned out to be. */
public sealed interface TokenVerdict {

  /** Signed by us and in force. */
  record Valid(Identity identity) implements TokenVerdict {}

  /** Signed by us, but its time is over. */
  record Expired() implements TokenVerdict {}

  /**
   * Anything else.
   *
   * @param why what is wrong with it, a sentence for whoever made it; never a part of the token
   */
  record Invalid(String why) implements TokenVerdict {}
}
