package dev.stampede.http;

import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * The first to see a request. Answers the two hottest calls itself, on Jetty's selector thread and
 * without blocking, and has those answered that go on for hours; hands all others to Javalin, each
 * on a virtual thread of its own.
 */
final class Front extends Handler.Wrapper {

  private static final String SALES = "/api/sales/";
  private static final String ORDERS = "/orders";
  private static final String STOCK = "/stock";

  private final FrontParts parts;
  private final HttpMetrics.Meters purchases;
  private final HttpMetrics.Meters stockReads;
  private final HttpMetrics.Meters hotEvents;
  private final HotStreams hotStreams;
  private final HttpMetrics.Meters unmatched;

  Front(FrontParts parts, HotStreams hotStreams, HttpMetrics metrics) {
    this.parts = parts;
    this.purchases = metrics.route("POST", Routes.PURCHASE);
    this.stockReads = metrics.route("GET", Routes.STOCK);
    this.hotEvents = metrics.route("GET", Routes.HOT_EVENTS);
    this.hotStreams = hotStreams;
    this.unmatched = metrics.route("", HttpMetrics.UNMATCHED);
  }

  /** What may block runs elsewhere, so nothing here ever does. */
  @Override
  public InvocationType getInvocationType() {
    return InvocationType.NON_BLOCKING;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Head head = Head.read(request);
    exchange(head, request, response, callback).start();
    return true;
  }

  private Exchange exchange(Head head, Request request, Response response, Callback callback) {
    String sale = saleIn(head.path(), ORDERS);
    if (!sale.isEmpty() && head.method().equals("POST")) {
      return new Purchase(parts, purchases, head, sale, request, response, callback);
    }
    sale = saleIn(head.path(), STOCK);
    if (!sale.isEmpty() && isRead(head)) {
      return new StockRead(parts, stockReads, head, sale, request, response, callback);
    }
    if (head.path().equals(Routes.HOT_EVENTS) && isRead(head)) {
      return new HotStream(parts, hotEvents, head, hotStreams, request, response, callback);
    }
    return new HandOver(parts, unmatched, head, getHandler(), request, response, callback);
  }

  private static boolean isRead(Head head) {
    return head.method().equals("GET") || head.method().equals("HEAD");
  }

  /** The one segment between {@value #SALES} and a suffix; empty where the path is another. */
  private static String saleIn(String path, String suffix) {
    int end = path.length() - suffix.length();
    if (end <= SALES.length() || !path.startsWith(SALES) || !path.endsWith(suffix)) {
      return "";
    }
    String sale = path.substring(SALES.length(), end);
    return sale.indexOf('/') < 0 ? sale : "";
  }
}
