package dev.stampede.load.buyer;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Buyers whose tokens somebody else has signed. */
public final class TokenBuyers implements Buyers {
  private final List<String> tokens;
  private final List<String> ids;
  private final Set<String> known;

  /**
   * @param tokens one JWT each, at least one
   * @throws IllegalArgumentException for one that has no readable subject; the message says which
   */
  public TokenBuyers(List<String> tokens) {
    this.tokens = List.copyOf(tokens);
    this.ids = IntStream.range(0, tokens.size()).mapToObj(this::subject).toList();
    this.known = Set.copyOf(ids);
  }

  /** The subject of one; no message shows a token, which is as good as a password. */
  private String subject(int number) {
    String[] parts = tokens.get(number).split("\\.", -1);
    if (parts.length != 3) {
      throw refusal(number, "has not the three parts of a JWT");
    }
    try {
      JsonNode subject = Json.tree(text(parts[1])).path("sub");
      if (subject.isString() && !subject.asString().isEmpty()) {
        return subject.asString();
      }
    } catch (JacksonException | IllegalArgumentException | CharacterCodingException _) {
      throw refusal(number, "has claims that are not JSON in UTF-8 and base64url without padding");
    }
    throw refusal(number, "has no subject that is a text (claim sub)");
  }

  /** As strict as the nodes: one text for one meaning. */
  private static String text(String base64Url) throws CharacterCodingException {
    byte[] bytes = Base64.getUrlDecoder().decode(base64Url);
    if (!Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(base64Url)) {
      throw new IllegalArgumentException("padding, or spare bits that are set");
    }
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  private static IllegalArgumentException refusal(int number, String why) {
    return new IllegalArgumentException("token " + (number + 1) + " " + why);
  }

  @Override
  public int count() {
    return tokens.size();
  }

  @Override
  public String id(int number) {
    return ids.get(number);
  }

  @Override
  public String token(int number) {
    return tokens.get(number);
  }

  @Override
  public boolean includes(String id) {
    return known.contains(id);
  }

  @Override
  public boolean areNew() {
    return false;
  }
}
