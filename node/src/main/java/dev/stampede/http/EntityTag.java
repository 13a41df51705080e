package dev.stampede.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;

/**
 * A strong tag: another content, another tag.
 *
 * @param value without quotes
 */
record EntityTag(String value) {

  private static final int BYTES = 12;

  /** The tag of a body. */
  static EntityTag of(byte[] body) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
      return new EntityTag(HexFormat.of().formatHex(hash, 0, BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** As a header. */
  HttpField field() {
    return new HttpField(HttpHeader.ETAG, quoted());
  }

  /** Whether the caller has the content already, by If-None-Match. */
  boolean isKnown(Call call) {
    return HeaderList.split(call.list("If-None-Match", ","), ',').stream()
        .map(each -> each.startsWith("W/") ? each.substring(2) : each)
        .anyMatch(each -> each.equals(quoted()) || each.equals("*"));
  }

  private String quoted() {
    return '"' + value + '"';
  }
}
