package dev.tegata.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublicAddressesTest {

  @ParameterizedTest(name = "{0} is public: {1}")
  @CsvSource({
    "8.8.8.8, true",
    "140.82.112.3, true",
    "2606:4700::1111, true",
    "0.0.0.0, false",
    "0.1.2.3, false",
    "10.0.0.1, false",
    "100.64.0.1, false",
    "100.128.0.1, true",
    "127.0.0.1, false",
    "169.254.169.254, false",
    "172.16.0.1, false",
    "192.0.0.8, false",
    "192.168.1.1, false",
    "198.18.0.1, false",
    "224.0.0.1, false",
    "255.255.255.255, false",
    "::1, false",
    "::, false",
    "::ffff:10.0.0.1, false",
    "::127.0.0.1, false",
    "::ffff:0:127.0.0.1, false",
    "100::1, false",
    "2001:4860:4860::8888, true",
    "2001:200::1, true",
    "2001::7f00:1, false",
    "fe80::1, false",
    "fc00::1, false",
    "fd12::1, false",
    "64:ff9b::a00:1, false",
    "64:ff9b:1::a00:1, false",
    "2002:a00:1::, false",
  })
  void only_addresses_that_the_world_can_reach_are_public(String address, boolean isPublic)
      throws UnknownHostException {
    assertThat(new PublicAddresses(false).admits(InetAddress.ofLiteral(address)))
        .isEqualTo(isPublic);
  }

  @Test
  void a_name_of_this_machine_leads_here() throws UnknownHostException {
    assertThat(new PublicAddresses(false).resolve("127.0.0.1"))
        .containsExactly(InetAddress.ofLiteral("127.0.0.1"));
  }

  @ParameterizedTest
  @CsvSource({"10.0.0.1", "169.254.169.254", "::ffff:127.0.0.1", "0.0.0.0"})
  void an_address_in_place_of_a_name_is_judged_too(String host) {
    assertThatThrownBy(() -> new PublicAddresses(false).resolve(host))
        .isInstanceOf(UnknownHostException.class);
  }

  @ParameterizedTest(name = "{0} is let in with private networks: {1}")
  @CsvSource({
    "8.8.8.8, true",
    "10.0.0.1, true",
    "100.64.0.1, true",
    "172.16.0.1, true",
    "192.168.1.1, true",
    "fd12::1, true",
    "0.0.0.0, false",
    "127.0.0.1, false",
    "100.100.100.200, false",
    "168.63.129.16, false",
    "169.254.169.254, false",
    "192.0.0.192, false",
    "224.0.0.1, false",
    "::1, false",
    "fd00:ec2::254, false",
    "fe80::1, false",
    "fec0::1, false",
    "::ffff:169.254.169.254, false",
  })
  void private_networks_are_let_in_without_this_machine_and_without_metadata(
      String address, boolean isAdmitted) throws UnknownHostException {
    assertThat(new PublicAddresses(true).admits(InetAddress.ofLiteral(address)))
        .isEqualTo(isAdmitted);
  }

  @Test
  void a_metadata_service_is_public_to_nobody() throws UnknownHostException {
    assertThat(new PublicAddresses(false).admits(InetAddress.ofLiteral("168.63.129.16"))).isFalse();
  }
}
