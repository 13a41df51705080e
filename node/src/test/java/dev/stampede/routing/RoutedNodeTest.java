package dev.stampede.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RoutedNodeTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:8080",
        "http://[::1]:1",
        "http://node_1.shop.example:65535",
        "http://n:80"
      })
  void node_atAnAddress_isReadAsItWasTold(String url) {
    RoutedNode node = new RoutedNode(url, "node-1", Role.DEDICATED);

    assertThat(RoutedNode.parse(node.text())).contains(node);
    assertThat(RoutedNode.parse(node.text() + " more")).as("of a later build").contains(node);
    assertThat(node.authority()).isEqualTo(url.substring(7));
  }

  /** What could end a line or a word of an edge's configuration, and what no edge could use. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "http://n",
        "http://n:0",
        "http://n:65536",
        "http://n:080",
        "https://n:80",
        "http://n:80/",
        "http://n:80;",
        "http://n;:80",
        "http://n:80\n",
        "http://n }:80",
        "http://$host:80",
        "http://a\\:80",
        "http://\"n\":80",
        "http://unix:/x:80",
        "http://u@n:80",
        "http://é:80"
      })
  void node_atAnythingElse_isRefused(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RoutedNode(url, "node-1", Role.STANDARD));
    assertThat(RoutedNode.parse(url + " node-1 standard")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "http://n:80",
        "http://n:80 a",
        "http://n:80 a spare",
        "http://n:80  standard"
      })
  void parse_ofWhatThisBuildDoesNotKnow_isEmpty(String told) {
    assertThat(RoutedNode.parse(told)).isEmpty();
  }

  @Test
  void name_ofAnotherShape_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RoutedNode("http://n:80", "a b", Role.STANDARD));
  }
}
