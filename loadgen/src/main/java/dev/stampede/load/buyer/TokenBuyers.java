package dev.stampede.load.buyer;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;

/** Buyers whose tokens somebody else has signed. */
public final class TokenBuyers implements Buyers {
  private final List<String> tokens;
  private final List<String> ids;
  private final Set<String> known;

  /**
   * @param tokens one JWT each, at least one
   * @throws IllegalArgumentException for one that has no readable subject
   */
  public TokenBuyers(List<String> tokens) {
    this.tokens = List.copyOf(tokens);
    this.ids = tokens.stream().map(TokenBuyers::subject).toList();
    this.known = Set.copyOf(ids);
  }

  private static String subject(String token) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("not a JWT: " + token);
    }
    try {
      byte[] claims = Base64.getUrlDecoder().decode(parts[1]);
      String json = new String(claims, StandardCharsets.UTF_8);
      String subject = Json.tree(json).path("sub").asString("");
      if (!subject.isEmpty()) {
        return subject;
      }
    } catch (JacksonException e) {
      throw new IllegalArgumentException("claims that are not JSON: " + token, e);
    }
    throw new IllegalArgumentException("no subject: " + token);
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
