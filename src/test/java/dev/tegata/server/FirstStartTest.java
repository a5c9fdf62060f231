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
import java.time.Clock;
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

  @Test
  void of_several_accounts_the_first_manages_and_another_can_be_asked_for() {
    try (RunningServer server = RunningServer.start(folder, "", Clock.systemUTC())) {
      server.newAccount("000000000001");
      server.newAccount("210987654321");
      server.api("POST", "accounts/210987654321/close", "", RunningServer.ROOT);
    }
    try (TegataServer server = TegataServer.start(settings(0, Optional.empty()))) {
      assertThat(server.account()).isEqualTo(ACCOUNT);
      assertThat(server.otherAccounts()).isEqualTo(2);
    }
    AccountId other = new AccountId("000000000001");
    try (TegataServer server = TegataServer.start(settings(0, Optional.of(other)))) {
      assertThat(server.account()).isEqualTo(other);
      assertThat(server.cloud().account()).isEqualTo(other);
      assertThat(server.newRootKey()).isEmpty();
    }
    try (RunningServer server = RunningServer.start(folder, "", Clock.systemUTC())) {
      assertThat(server.api("GET", "accounts", "", RunningServer.ROOT).status())
          .as("it manages the others still")
          .isEqualTo(200);
    }
    assertThatThrownBy(
            () -> TegataServer.start(settings(0, Optional.of(new AccountId("210987654321")))))
        .hasMessage("account 210987654321 is closed");
  }

  private ServerSettings settings(int port) {
    return settings(port, Optional.of(ACCOUNT));
  }

  private ServerSettings settings(int port, Optional<AccountId> account) {
    return new ServerSettings(
        folder,
        new ListenAddress("127.0.0.1", port),
        IssuerSettings.STANDARD,
        account,
        Optional.empty(),
        Watching.now(event -> {}));
  }
}
