package dev.stampede.hotspot.pipeline;

import java.util.Optional;

/**
 * What a request wanted of a sale.
 *
 * @param sale the sale's name, in the form that sales have: 1 to 40 lower-case letters, digits and
 *     single inner hyphens
 * @param purchase whether it was to buy; otherwise it read sale or stock
 */
public record SaleAccess(String sale, boolean purchase) {

  private static final String SALES = "/api/sales/";
  private static final int MAX_SALE = 40;

  /** What a request of a log wanted of a sale; nothing where it was about none, or none by form. */
  public static Optional<SaleAccess> of(AccessLogLine line) {
    String path = path(line.target());
    if (!path.startsWith(SALES)) {
      return Optional.empty();
    }
    int slash = path.indexOf('/', SALES.length());
    int end = slash < 0 ? path.length() : slash;
    String of = path.substring(end);
    boolean purchase = line.method().equals("POST") && of.equals("/orders");
    boolean read = line.method().equals("GET") && (of.isEmpty() || of.equals("/stock"));
    String sale = path.substring(SALES.length(), end);
    return (purchase || read) && isSale(sale)
        ? Optional.of(new SaleAccess(sale, purchase))
        : Optional.empty();
  }

  /** Whether a text has the form of a sale's name. */
  public static boolean isSale(String text) {
    if (text.isEmpty() || text.length() > MAX_SALE) {
      return false;
    }
    char before = '-';
    for (int i = 0; i < text.length(); i++) {
      char it = text.charAt(i);
      boolean plain = (it >= 'a' && it <= 'z') || (it >= '0' && it <= '9');
      if (!plain && (it != '-' || before == '-')) {
        return false;
      }
      before = it;
    }
    return before != '-';
  }

  /** Without the host of a request to a proxy and without the query, its escapes undone. */
  private static String path(String target) {
    int query = target.indexOf('?');
    String path = query < 0 ? target : target.substring(0, query);
    int host = path.startsWith("/") ? -1 : path.indexOf("://");
    int root = host < 0 ? 0 : path.indexOf('/', host + 3);
    path = root < 0 ? "" : path.substring(root);
    return path.indexOf('%') < 0 ? path : unescaped(path);
  }

  /** An escaped slash stays as it is: it parts nothing. */
  private static String unescaped(String path) {
    StringBuilder text = new StringBuilder(path.length());
    for (int i = 0; i < path.length(); i++) {
      int value = path.charAt(i) == '%' ? escaped(path, i) : -1;
      if (value < 0 || value == '/') {
        text.append(path.charAt(i));
      } else {
        text.append((char) value);
        i += 2;
      }
    }
    return text.toString();
  }

  private static int escaped(String path, int at) {
    if (at + 2 >= path.length()) {
      return -1;
    }
    int high = Character.digit(path.charAt(at + 1), 16);
    int low = Character.digit(path.charAt(at + 2), 16);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
  }
}
