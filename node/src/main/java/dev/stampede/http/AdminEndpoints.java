package dev.stampede.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.stampede.order.OrderKeys;
import dev.stampede.sale.Sale;
import dev.stampede.sale.SaleId;
import dev.stampede.sale.SalePhase;
import dev.stampede.sale.Sales;
import dev.stampede.stock.Outcome;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.ShardCounts;
import dev.stampede.stock.Stock;
import dev.stampede.stock.StockKey;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;

/** What an operator does with sales. */
final class AdminEndpoints {

  /**
   * How long a freeze or a close waits for its outcome: a node may hang, and the whole command is
   * to take less than two seconds, of which its own JVM takes more than one.
   */
  private static final Duration STOPPED_WITHIN = Duration.ofMillis(600);

  /** Longer than the other nodes need to replace a node that hangs. */
  private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(15);

  private final Sales sales;
  private final Stock stock;
  private final OrderKeys keys;
  private final AuditSource audit;
  private final SaleLookup lookup;
  private final SaleRoom room;

  /** How many units to put on or take off a sale. */
  record Units(@JsonProperty(required = true) long quantity) {}

  AdminEndpoints(HttpParts parts, SaleLookup lookup) {
    this.sales = parts.sales();
    this.stock = parts.stock();
    this.keys = parts.orderKeys();
    this.audit = parts.audit();
    this.lookup = lookup;
    this.room = parts.room();
  }

  Reply publish(Call call) {
    Sale sale = call.json(SaleBody.class, ProblemType.SALE_INVALID).sale();
    refuseOver(sale);
    if (sales.find(sale.id()).isEmpty()) {
      requireRoom(sale.quantity());
    }
    return switch (sales.publish(sale)) {
      case NEW -> published(201, sale);
      case SAME -> published(200, lookup.current(sale.id().value()));
      case TOO_SOON -> Problem.of(ProblemType.ROLL_UNFINISHED);
      case OTHER -> Problem.of(ProblemType.SALE_EXISTS);
    };
  }

  private void requireRoom(long units) {
    room.refusal(units).ifPresent(AdminEndpoints::refuseTooLarge);
  }

  private static void refuseTooLarge(String why) {
    throw new Refused(ProblemType.SALE_TOO_LARGE, why);
  }

  /** A sale that is there already may be published again after its end, which changes nothing. */
  private void refuseOver(Sale sale) {
    if (sale.isOver(System.currentTimeMillis()) && sales.find(sale.id()).isEmpty()) {
      throw new Refused(
          ProblemType.SALE_INVALID,
          "closesAt is in the past: " + sale.terms().closesAt() + ". The sale was not published.");
    }
  }

  private static Answer published(int status, Sale sale) {
    HttpField location = new HttpField(HttpHeader.LOCATION, "/api/sales/" + sale.id());
    return new Answer(
        status, List.of(Answer.JSON, Answer.NO_STORE, location), SaleJson.bytes(sale));
  }

  Reply report(Call call) {
    return toAllShards(call, new ShardCommand.Report());
  }

  Reply freeze(Call call) {
    return stop(call, new ShardCommand.Freeze(true), "FREEZING");
  }

  Reply unfreeze(Call call) {
    return toAllShards(call, new ShardCommand.Freeze(false));
  }

  Reply close(Call call) {
    return stop(call, new ShardCommand.Close(), "CLOSING");
  }

  /** Who did it stays in the chain. Repeating it changes nothing of a sale that is open. */
  Reply reopen(Call call) {
    String id = "reopened by " + call.buyer().value() + " " + UUID.randomUUID();
    return toAllShards(call, new ShardCommand.Reopen(id));
  }

  Reply restock(Call call) {
    return adjust(call, "restock", ShardCommand.Restock::new);
  }

  /** What was done already is answered again, whatever room there is now. */
  private void requireRoom(StockKey shard, ShardCommand.Restock restock) {
    room.refusal(restock.quantity())
        .filter(_ -> !isKnown(shard, restock.id()))
        .ifPresent(AdminEndpoints::refuseTooLarge);
  }

  /** No shard has so many units, so that it takes none, and says whether it knows the id. */
  private boolean isKnown(StockKey shard, String adjustment) {
    ShardCommand all = new ShardCommand.Withdraw(adjustment, Long.MAX_VALUE);
    return outcome(stock.execute(shard, all)) instanceof Outcome.KeyReused;
  }

  Reply withdraw(Call call) {
    return adjust(call, "withdraw", ShardCommand.Withdraw::new);
  }

  Reply audit(Call call) {
    List<SaleId> only = call.sales().stream().map(id -> lookup.require(id).id()).toList();
    return Answer.json(200, StrictJson.bytes(audit.audit(only)));
  }

  /**
   * Adjustments go to the first shard. Their name follows from admin, route and Idempotency-Key, so
   * that a repeated one changes nothing.
   */
  private Reply adjust(Call call, String what, BiFunction<String, Long, ShardCommand> command) {
    String idempotencyKey = call.idempotencyKey();
    Sale sale = lookup.require(call.part("sale"));
    long quantity = call.json(Units.class).quantity();
    if (quantity < 1 || quantity > Sale.MAX_QUANTITY) {
      throw new Refused(ProblemType.QUANTITY_INVALID);
    }
    String id = keys.keyFor(sale.id(), call.buyer(), what + " " + idempotencyKey).toString();
    StockKey first = new StockKey(sale.id(), 0);
    ShardCommand adjustment = command.apply(id, quantity);
    if (adjustment instanceof ShardCommand.Restock more) {
      requireRoom(first, more);
    }
    Outcome outcome = outcome(stock.execute(first, adjustment));
    return outcome instanceof Outcome.Reported
        ? toAllShards(call, new ShardCommand.Report())
        : OutcomeReplies.of(first, sale.terms().price(), outcome);
  }

  /**
   * Sends a command to every shard. Answers 202 if a shard does not carry it out in time: its owner
   * or a backup hangs, so the shard sells nothing. The command precedes every purchase that this
   * node receives from now on.
   */
  private Reply stop(Call call, ShardCommand.OfOperator command, String coming) {
    Sale sale = lookup.require(call.part("sale"));
    List<StockKey> shards = shards(sale);
    List<CompletableFuture<Outcome>> answers = send(shards, command);
    return areDone(answers, STOPPED_WITHIN)
        ? summed(sale, command, shards, answers)
        : Answer.json(202, SaleJson.bytes(sale.id(), coming));
  }

  /** Sends a command to every shard, and sums up how they stand. */
  private Reply toAllShards(Call call, ShardCommand command) {
    Sale sale = lookup.require(call.part("sale"));
    List<StockKey> shards = shards(sale);
    return summed(sale, command, shards, send(shards, command));
  }

  private static List<StockKey> shards(Sale sale) {
    return StockKey.all(sale.id(), sale.terms().shards());
  }

  private List<CompletableFuture<Outcome>> send(List<StockKey> shards, ShardCommand command) {
    return shards.stream().map(shard -> stock.execute(shard, command)).toList();
  }

  private static Reply summed(
      Sale sale,
      ShardCommand command,
      List<StockKey> shards,
      List<CompletableFuture<Outcome>> answers) {
    ShardCounts sum = ShardCounts.NONE;
    SalePhase phase = SalePhase.OPEN;
    for (int i = 0; i < shards.size(); i++) {
      Outcome outcome = outcome(answers.get(i));
      if (!(outcome instanceof Outcome.Reported reported)) {
        return refusal(sale, command, shards.get(i), outcome);
      }
      sum = sum.plus(reported.report().counts());
      phase = reported.report().phase();
    }
    return Answer.json(200, SaleJson.bytes(sale.id(), phase, sum));
  }

  /**
   * The outcome of a command; unknown if the lane still retries it after {@link #ANSWERED_WITHIN}.
   */
  private static Outcome outcome(CompletableFuture<Outcome> answer) {
    return areDone(List.of(answer), ANSWERED_WITHIN)
        ? answer.join()
        : new Outcome.Unanswered(Outcome.Why.UNKNOWN);
  }

  private static boolean areDone(List<CompletableFuture<Outcome>> answers, Duration within) {
    try {
      CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
          .get(within.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      throw new CompletionException(e.getCause());
    }
  }

  /** What else to do about a sale that is closed. */
  private static Reply refusal(Sale sale, ShardCommand command, StockKey shard, Outcome outcome) {
    if (!(outcome instanceof Outcome.Closed)) {
      return OutcomeReplies.of(shard, sale.terms().price(), outcome);
    }
    return switch (command) {
      case ShardCommand.Freeze _ ->
          Problem.of(
              ProblemType.SALE_CLOSED,
              "Unfreezing does not open a closed sale; ./stampede sale reopen SALE (POST"
                  + " /api/admin/sales/{sale}/reopen) does, if its closesAt has not passed.");
      case ShardCommand.Reopen _ ->
          Problem.of(
              ProblemType.SALE_CLOSED,
              "Its closesAt has passed, so it cannot be reopened: publish another sale.");
      default -> OutcomeReplies.of(shard, sale.terms().price(), outcome);
    };
  }
}
