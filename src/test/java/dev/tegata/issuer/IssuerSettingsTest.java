package dev.tegata.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IssuerSettingsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://token.actions.githubusercontent.com",
        "https://token.actions.githubusercontent.com/avocado-corp",
        "https://vstoken.actions.githubusercontent.com",
        "https://ghes.example.com/_services/token",
        "http://127.0.0.1:8787"
      })
  void a_url_names_an_issuer(String name) {
    assertThat(IssuerSettings.named(name).name()).contains(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "token.actions.githubusercontent.com",
        "https://",
        "https:///path",
        "https://issuer.example.com/",
        "https://issuer.example.com?a=b",
        "https://issuer.example.com#a",
        "https://user@issuer.example.com",
        "ftp://issuer.example.com",
        "http://issuer.example.com",
        "https://issuer example"
      })
  void nothing_else_does(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IssuerSettings.named(name))
        .withMessageContaining("`" + name + "`");
  }
}
