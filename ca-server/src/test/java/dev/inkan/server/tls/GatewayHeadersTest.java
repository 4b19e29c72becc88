package dev.inkan.server.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a gateway's headers say, and what they cannot make us believe. */
@Tag("S6")
final class GatewayHeadersTest {

  private static final TlsTestPki.Issued TARO = new TlsTestPki().subscriber("taro01");
  private static final ProxyAddresses GATEWAYS =
      ProxyAddresses.parse("10.0.0.1, 10.0.0.2").orElseThrow();

  @Test
  @DisplayName("S6: RFC 9440's colons and base64 are the certificate, octet by octet")
  void certificate() {
    assertThat(said("Client-Cert", forwarded(TARO)).certificate())
        .contains(ShownCertificate.parse(FakeLedger.der(TARO.certificate())));
    assertThat(said("client-cert", " " + forwarded(TARO) + " ").certificate().orElseThrow())
        .extracting(ShownCertificate::commonName)
        .isEqualTo("taro01");
  }

  @Test
  @DisplayName("S6: no header, an empty one and another spelling are no certificate")
  void noCertificate() {
    assertThat(said().certificate()).isEmpty();
    assertThat(said("Client-Cert", "").certificate()).isEmpty();
    assertThat(said("Client_Cert", forwarded(TARO)).certificate()).isEmpty();
    assertThat(said("Client-Cert-Chain", forwarded(TARO)).certificate()).isEmpty();
    assertThat(said("X-SSL-Client-Cert", forwarded(TARO)).certificate()).isEmpty();
  }

  @ParameterizedTest
  @Tag("S18")
  @ValueSource(
      strings = {
        ":",
        "::",
        ":*:",
        ":AAAA",
        "AAAA:",
        "AAAA",
        "(null)",
        ":MIIB:",
        ":AAAA AAAA:",
        ":=:",
        "-----BEGIN CERTIFICATE-----",
        ":LS0tLS1CRUdJTg==:",
        ":AAAA:;a=1"
      })
  @DisplayName("S6, S18: what cannot be read is a certificate that counts for nothing")
  void unreadable(String value) {
    assertThat(said("Client-Cert", value).certificate()).contains(ShownCertificate.unreadable());
  }

  @Test
  @Tag("S18")
  @DisplayName("S6, S18: a certificate cut anywhere, or with an octet changed, never throws")
  void damaged() {
    byte[] whole = FakeLedger.der(TARO.certificate()).toByteArray();
    Random chance = new Random(9440);
    for (int length = 0; length < whole.length; length++) {
      assertThat(said("Client-Cert", inColons(Arrays.copyOf(whole, length))).certificate())
          .as("%d octets", length)
          .contains(ShownCertificate.unreadable());
      byte[] changed = whole.clone();
      changed[length] ^= (byte) (1 + chance.nextInt(255));
      assertThat(said("Client-Cert", inColons(changed)).certificate()).isPresent();
    }
    assertThat(said("Client-Cert", inColons(Arrays.copyOf(whole, whole.length + 1))).certificate())
        .contains(ShownCertificate.unreadable());
    assertThat(said("Client-Cert", inColons(new byte[20_000])).certificate())
        .contains(ShownCertificate.unreadable());
  }

  @Test
  @DisplayName("S6: two certificates contradict each other, in two lines or in one")
  void duplicates() {
    String taro = forwarded(TARO);
    assertThat(said("Client-Cert", taro, "Client-Cert", taro).contradictThemselves()).isTrue();
    assertThat(said("Client-Cert", taro, "CLIENT-CERT", "").contradictThemselves()).isTrue();
    assertThat(said("Client-Cert", taro + "," + taro).contradictThemselves()).isTrue();
    assertThat(said("Client-Cert", taro, "Client-Cert-Chain", taro).contradictThemselves())
        .isFalse();
    assertThat(said().contradictThemselves()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      textBlock =
          """
          -                              | 10.0.0.1
          203.0.113.7                    | 203.0.113.7
          203.0.113.7, 10.0.0.2          | 203.0.113.7
          198.51.100.9, 203.0.113.7      | 203.0.113.7
          10.0.0.2                       | 10.0.0.1
          2001:db8::7                    | 2001:db8::7
          ::ffff:203.0.113.7             | 203.0.113.7
          203.0.113.7, unknown           | 10.0.0.1
          203.0.113.7, 999.1.1.1         | 10.0.0.1
          203.0.113.7, localhost         | 10.0.0.1
          203.0.113.7,                   | 10.0.0.1
          203.0.113.7:4711               | 10.0.0.1
          [2001:db8::7]                  | 10.0.0.1
          0x7f.1                         | 10.0.0.1
          127.1                          | 10.0.0.1
          """)
  @DisplayName("S6: the visitor is the last address that is no gateway's, or else the gateway")
  void visitor(String value, String visitor) throws Exception {
    InetAddress gateway = InetAddress.getByName("10.0.0.1");
    GatewayHeaders said = value == null ? said() : said("X-Forwarded-For", value);
    assertThat(said.visitor(gateway, GATEWAYS)).isEqualTo(InetAddress.getByName(visitor));
  }

  @Test
  @DisplayName(
      "S6: of two lines the later one is nearer; Forwarded and other spellings say nothing")
  void visitorInTwoLines() throws Exception {
    InetAddress gateway = InetAddress.getByName("10.0.0.1");
    assertThat(
            said("X-Forwarded-For", "198.51.100.9", "X-Forwarded-For", "203.0.113.7")
                .visitor(gateway, GATEWAYS))
        .isEqualTo(InetAddress.getByName("203.0.113.7"));
    assertThat(
            said("Forwarded", "for=198.51.100.9", "X_Forwarded_For", "198.51.100.9")
                .visitor(gateway, GATEWAYS))
        .isEqualTo(gateway);
  }

  @Test
  @DisplayName("S6: nothing behind sees what only a gateway may say, in whatever spelling")
  void strips() {
    HttpFields others =
        said(
                "Client-Cert",
                "a",
                "CLIENT_CERT",
                "a",
                "Client_Cert-Chain",
                "a",
                "Forwarded",
                "a",
                "X-FORWARDED-FOR",
                "a",
                "x_forwarded-for",
                "a",
                "X-Real-IP",
                "a",
                "Cookie",
                "b",
                "X-Forwarded-Proto",
                "a",
                "User-Agent",
                "c")
            .others();
    assertThat(others.stream().map(HttpField::getName)).containsExactly("Cookie", "User-Agent");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "localhost", "10.0.0.0/8", "10.0.0.1,", "10.0.0.256", "1:2", "*"})
  @DisplayName("gateways are listed by address alone")
  void notAList(String text) {
    assertThat(ProxyAddresses.parse(text)).isEmpty();
  }

  @Test
  void aList() {
    assertThat(ProxyAddresses.parse("127.0.0.1,::1, 2001:db8::1").orElseThrow().addresses())
        .hasSize(3);
    assertThat(ProxyAddresses.parse("10.0.0.1, 10.0.0.1").orElseThrow().addresses()).hasSize(1);
    assertThat(ProxyAddresses.parse(String.join(",", java.util.Collections.nCopies(17, "::1"))))
        .isEmpty();
  }

  static String forwarded(TlsTestPki.Issued shown) {
    return inColons(FakeLedger.der(shown.certificate()).toByteArray());
  }

  private static String inColons(byte[] octets) {
    return ":" + Base64.getEncoder().encodeToString(octets) + ":";
  }

  private static GatewayHeaders said(String... namesAndValues) {
    HttpFields.Mutable fields = HttpFields.build();
    List<String> all = List.of(namesAndValues);
    for (int i = 0; i < all.size(); i += 2) {
      fields.add(Objects.requireNonNull(all.get(i)), all.get(i + 1));
    }
    return new GatewayHeaders(fields);
  }
}
