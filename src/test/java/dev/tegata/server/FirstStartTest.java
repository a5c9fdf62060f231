package dev.tegata.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tegata.arn.AccountId;
import dev.tegata.issuer.IssuerSettings;
import dev.tegata.server.ServerSettings.Watching;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The first start makes an account and a root access key that it tells once.
class FirstStartTest {
  private static final AccountId ACCOUNT = new AccountId("123456789012");

  @TempDir private Path folder;

  @Test
  void the_root_key_is_told_at_the_first_start_and_never_again() {
    try (TegataServer server = TegataServer.start(settings(0))) {
      assertThat(server.newRootKey()).isPresent();
    }
    try (TegataServer server = TegataServer.start(settings(0))) {
      assertThat(server.newRootKey()).isEmpty();
    }
  }

  @Test
  void a_first_start_at_a_port_in_use_does_not_cost_the_root_key() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> TegataServer.start(settings(taken.getLocalPort())))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("cannot listen at 127.0.0.1:");
    }
    try (TegataServer server = TegataServer.start(settings(0))) {
      assertThat(server.newRootKey()).isPresent();
    }
  }

  private ServerSettings settings(int port) {
    return new ServerSettings(
        folder,
        new ListenAddress("127.0.0.1", port),
        IssuerSettings.STANDARD,
        Optional.of(ACCOUNT),
        Optional.empty(),
        Watching.now(event -> {}));
  }
}
