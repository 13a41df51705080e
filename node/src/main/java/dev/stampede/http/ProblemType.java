package dev.stampede.http;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Every way in which a request can fail: the one table of statuses, codes and texts. A code is part
 * of the API: it never changes its meaning.
 */
enum ProblemType {
  // The request is not what it should be.
  REQUEST_MALFORMED(400, "The request is malformed", "Send a well-formed HTTP request."),
  PARAMETER_INVALID(400, "A query parameter is invalid", "Correct the parameter that is named."),
  BODY_MALFORMED(400, "The body is malformed", "Send the JSON that the API document describes."),
  SALE_INVALID(400, "The sale is not possible", "Correct the property that is named."),
  QUANTITY_INVALID(400, "The quantity is invalid", "Ask for a whole number of units, 1 or more."),
  IDEMPOTENCY_KEY_MISSING(
      400,
      "The Idempotency-Key is missing",
      "Send an Idempotency-Key of your own with each new request, and the same one when you repeat"
          + " it."),
  IDEMPOTENCY_KEY_INVALID(
      400, "The Idempotency-Key is invalid", "Use 1 to 255 visible ASCII characters."),
  TOKEN_MISSING(401, "A token is needed", "Send Authorization: Bearer and a token."),
  TOKEN_INVALID(401, "The token is invalid", "Get a new token."),
  TOKEN_EXPIRED(401, "The token has expired", "Get a new token."),
  SIGNATURE_INVALID(
      401,
      "The signature is invalid",
      "Sign with a secret that both sides have, over these bytes."),
  SIGNATURE_STALE(
      401, "The signature is stale", "Sign anew: a signature is good for five minutes."),
  ADMIN_ONLY(403, "Only for admins", "Use a token with the role admin."),
  UNKNOWN_PATH(404, "There is nothing at this path", "See /openapi.yaml."),
  UNKNOWN_SALE(404, "There is no such sale", "See /api/sales."),
  UNKNOWN_ORDER(404, "There is no such order of yours", "Use an id that a purchase answered."),
  UNKNOWN_CHANGE(
      404,
      "The database has no such change of this shard",
      "The audit's databaseSeq says how many changes it has."),
  UNKNOWN_DEAD_LETTER(
      404,
      "There is no such dead letter",
      "See /api/admin/dead-letters; what was stored meanwhile is not there any more."),
  UNKNOWN_PROBLEM(404, "There is no such problem", "Follow the type of a problem."),
  METHOD_NOT_ALLOWED(405, "The method is not allowed here", "Use one that Allow names."),
  REQUEST_TIMEOUT(408, "The request did not arrive in time", "Send it again, faster."),
  BODY_TOO_LARGE(413, "The body is too large", "Send at most 16 KiB."),
  URI_TOO_LONG(414, "The address is too long", "Send a shorter one."),
  MEDIA_TYPE_UNSUPPORTED(
      415, "The media type is not supported", "Send Content-Type: application/json."),
  EXPECTATION_FAILED(417, "The expectation cannot be met", "Send no Expect but 100-continue."),
  IDEMPOTENCY_KEY_REUSED(
      422,
      "The Idempotency-Key was used for another request",
      "Use a new key for a new request, or repeat the first one unchanged."),
  HEADERS_TOO_LARGE(431, "The headers are too large", "Send fewer or shorter ones."),
  HTTP_VERSION_UNSUPPORTED(505, "The HTTP version is not supported", "Use HTTP/1.1."),

  // The sale does not allow it.
  SALE_NOT_OPEN(403, "The sale is not open yet", "Come back at startsAt."),
  SOLD_OUT(409, "Sold out", "Fewer units are left than you asked for."),
  LIMIT_REACHED(409, "The limit per buyer is reached", "One buyer may have no more of this sale."),
  TOO_MANY_OPEN_ORDERS(
      409, "Too many unpaid orders", "Pay or cancel one of your orders of this sale first."),
  TOO_MANY_ORDERS(
      409,
      "Too many orders of this sale",
      "One buyer may place no more orders of it, those that have ended included."),
  SALE_CLOSED(409, "The sale is over", "Nothing of it is sold any more."),
  NOT_CANCELLABLE(409, "The order cannot be cancelled", "It is paid or has ended."),
  SALE_EXISTS(409, "Another sale has this id", "Choose another id."),
  SALE_TOO_LARGE(
      422,
      "The nodes have no memory for this sale",
      "Publish fewer units, give the nodes a larger heap, or raise sale.maxHeapShare."),
  ROLL_UNFINISHED(
      409,
      "A node is of a build that does not know dedicated sales",
      "Finish the roll, so that all nodes are of one build, and publish it again."),
  NOT_ENOUGH_AVAILABLE(409, "Too few units are available", "Withdraw fewer."),
  STILL_REFUSED(
      409, "The database refuses it still", "Mend what the database complains of, and retry."),
  NOT_RETRYABLE(
      409,
      "It can never be stored",
      "Its shard has another history in the database: make good for its orders by hand."),

  // Not now: the same request may work in a moment.
  NOT_DURABLE_YET(
      409, "The order's newest step is not stored yet", "Repeat it after Retry-After.", 1),
  SALE_BUSY(429, "Too many buy this at once here", "Repeat it after Retry-After.", 1),
  LANE_FULL(429, "Too many people want this at once", "Repeat it after Retry-After.", 1),
  OUTCOME_UNKNOWN(
      503,
      "The outcome is not known yet",
      "Repeat it with the same Idempotency-Key after Retry-After: it will not be done twice.",
      1),
  PAYMENT_NOT_DURABLE(
      503,
      "The payment is not known to be stored yet",
      "Repeat the notification after Retry-After: the payment will not be counted twice.",
      2),
  GRID_UNAVAILABLE(503, "The stock cannot be reached", "Repeat it after Retry-After.", 2),
  SALE_FROZEN(503, "The sale is paused", "Repeat it after Retry-After.", 5),
  PERSISTENCE_BACKLOG(
      503, "Orders are taken faster than they are stored", "Repeat it after Retry-After.", 2),
  DRAINING(503, "This node is leaving", "Repeat it: another node answers.", 1),
  TOO_MANY_CONNECTIONS(
      503, "This node has too many connections", "Repeat it after Retry-After.", 2),
  TOO_MANY_STREAMS_OF_NETWORK(
      429,
      "Too many streams of events are open from this network",
      "Close one, or ask /api/hot from time to time.",
      5),
  TOO_MANY_STREAMS(
      503,
      "Too many streams of events are open on this node",
      "Connect again after Retry-After, or ask /api/hot from time to time.",
      5),
  STARTING(
      503,
      "This node is starting and does not know its sales yet",
      "Repeat it after Retry-After, or at another node.",
      1),
  NOT_READY(503, "This node is not ready", "Ask another node.", 2),
  UNAVAILABLE(
      503, "Something that this needs cannot be reached", "Repeat it after Retry-After.", 2),

  // Our fault.
  INTERNAL_ERROR(500, "Something went wrong here", "Report it with the traceId.");

  private final int status;
  private final String code;
  private final String title;
  private final String advice;
  private final int retrySeconds;

  ProblemType(int status, String title, String advice) {
    this(status, title, advice, 0);
  }

  ProblemType(int status, String title, String advice, int retrySeconds) {
    this.status = status;
    this.code = name().toLowerCase(Locale.ROOT).replace('_', '-');
    this.title = title;
    this.advice = advice;
    this.retrySeconds = retrySeconds;
  }

  /** The one with this code. */
  static Optional<ProblemType> ofCode(String code) {
    return Arrays.stream(values()).filter(type -> type.code.equals(code)).findAny();
  }

  /** What a status that Jetty or Javalin chose means here. */
  static ProblemType ofStatus(int status) {
    return switch (status) {
      case 404 -> UNKNOWN_PATH;
      case 405 -> METHOD_NOT_ALLOWED;
      case 408 -> REQUEST_TIMEOUT;
      case 413 -> BODY_TOO_LARGE;
      case 414 -> URI_TOO_LONG;
      case 415 -> MEDIA_TYPE_UNSUPPORTED;
      case 417 -> EXPECTATION_FAILED;
      case 431 -> HEADERS_TOO_LARGE;
      case 503 -> UNAVAILABLE;
      case 505 -> HTTP_VERSION_UNSUPPORTED;
      default -> status >= 400 && status < 500 ? REQUEST_MALFORMED : INTERNAL_ERROR;
    };
  }

  int status() {
    return status;
  }

  /** Its stable name, for programs. */
  String code() {
    return code;
  }

  /** Its short name, for people. */
  String title() {
    return title;
  }

  /** What to do about it, one sentence. */
  String advice() {
    return advice;
  }

  /** After how many seconds it makes sense to repeat the request; 0 where it never does. */
  int retrySeconds() {
    return retrySeconds;
  }

  /** Where its page is. */
  String path() {
    return "/problems/" + code;
  }
}
