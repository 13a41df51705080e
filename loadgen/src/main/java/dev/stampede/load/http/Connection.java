package dev.stampede.load.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One keep-alive connection, which carries one call at a time. */
final class Connection extends SimpleChannelInboundHandler<FullHttpResponse> {
  private static final String JSON = "application/json";

  private final Channel channel;
  private final Pool pool;
  private final Target target;
  private @Nullable Exchange current;

  Connection(Channel channel, Pool pool, Target target) {
    this.channel = channel;
    this.pool = pool;
    this.target = target;
    var _ = channel.pipeline().addLast(this);
  }

  void send(Exchange exchange) {
    current = exchange;
    var _ = channel.writeAndFlush(request(exchange.call()), channel.voidPromise());
  }

  private FullHttpRequest request(Call call) {
    String body = call.body();
    ByteBuf content =
        body == null
            ? Unpooled.EMPTY_BUFFER
            : Unpooled.wrappedBuffer(body.getBytes(StandardCharsets.UTF_8));
    HttpMethod method = HttpMethod.valueOf(call.method());
    FullHttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1, method, target.basePath() + call.path(), content);
    var headers = request.headers();
    headers.set(HttpHeaderNames.HOST, target.authority());
    headers.set(HttpHeaderNames.ACCEPT, JSON);
    if (body != null) {
      headers.set(HttpHeaderNames.CONTENT_TYPE, JSON);
      headers.set(HttpHeaderNames.CONTENT_LENGTH, content.readableBytes());
    }
    call.headers().forEach(header -> headers.set(header.name(), header.value()));
    return request;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
    Exchange exchange = current;
    if (exchange == null) {
      // An answer that nobody asked for, such as a 408 on an idle connection.
      var _ = channel.close();
      return;
    }
    current = null;
    target.answered();
    Answer answer = answer(response);
    if (HttpUtil.isKeepAlive(response)) {
      pool.free(this);
    } else {
      var _ = channel.close();
    }
    exchange.then().accept(answer);
  }

  private static Answer answer(FullHttpResponse response) {
    return new Answer.Answered(
        response.status().code(),
        response.content().toString(StandardCharsets.UTF_8),
        response.headers().get(HttpHeaderNames.RETRY_AFTER),
        response.headers().contains("Idempotent-Replayed"));
  }

  void expire(long now) {
    if (current != null && current.deadline() - now < 0) {
      target.failed(now);
      lose("no answer in time");
      var _ = channel.close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    pool.closed(this);
    lose("connection closed by " + target.authority());
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    lose(Objects.toString(cause.getMessage(), cause.toString()));
    var _ = channel.close();
  }

  private void lose(String why) {
    Exchange exchange = current;
    current = null;
    if (exchange != null) {
      exchange.then().accept(new Answer.Lost(why));
    }
  }
}
