package dev.inkan.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.inkan.core.key.Passphrase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Configuration that cannot work is refused in a sentence")
class ConfigFileTest {

  private static final Path EXAMPLE = Path.of("../config/inkan.yaml");
  private static final String MINIMAL =
      """
      web:
        public-url: https://ca.mihon-rokin.example
      status:
        base-url: http://status.mihon-rokin.example
      mail:
        host: smtp.mihon-rokin.example
        from: noreply@mihon-rokin.example
      """;

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void makeFiles() throws IOException {
    file = folder.resolve("inkan.yaml");
    Files.createDirectory(folder.resolve("keys"));
    for (String name :
        List.of("tls.p12", "tls.passphrase", "issuing.p12", "issuing.passphrase", "server.key")) {
      secret("keys/" + name, "secret\n");
    }
    Files.writeString(folder.resolve("keys/root.cer"), "certificate");
  }

  @Test
  @Tag("B7")
  @Tag("B12")
  @Tag("F1")
  void minimalFileTakesTheBanksNumbersAndAMadeUpBank() throws IOException {
    InkanConfig config = load(MINIMAL);

    assertThat(config.node().value()).isEqualTo("node-1");
    assertThat(config.bank().name()).isEqualTo("みほん労働金庫");
    assertThat(config.bank().zone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
    assertThat(config.certificate().validityDays()).isEqualTo(366);
    assertThat(config.certificate().renewalWindowDays()).isEqualTo(30);
    assertThat(config.lockout().failures()).isEqualTo(6);
    assertThat(config.lockout().duration()).isEqualTo(Duration.ofMinutes(60));
    assertThat(config.lockout().locks()).isEqualTo(3);
    assertThat(config.code().lifetime()).isEqualTo(Duration.ofMinutes(30));
    assertThat(config.authority().subscriberKey()).isEqualTo(InkanConfig.SubscriberKey.RSA_3072);
    assertThat(config.pfx().profile()).isEqualTo(InkanConfig.PfxProfile.MODERN);
    assertThat(config.mail().security()).isEqualTo(MailConfig.Security.STARTTLS);
    assertThat(config.mail().username()).isEmpty();
    assertThat(config.database().passwordFile()).isEmpty();
  }

  @Test
  void relativePathsStartAtTheFilesFolder() throws IOException {
    InkanConfig config = load(MINIMAL);

    assertThat(config.journal().file()).isEqualTo(folder.resolve("data/journal.log"));
    assertThat(config.database().url()).isEqualTo("jdbc:h2:file:" + folder.resolve("data/inkan"));
    assertThat(config.web().tls().passphraseFile().path())
        .isEqualTo(folder.resolve("keys/tls.passphrase"));
    try (Passphrase passphrase = config.web().tls().passphraseFile().passphrase()) {
      assertThat(passphrase.toCharArray()).containsExactly('s', 'e', 'c', 'r', 'e', 't');
    }
  }

  @Test
  @Tag("A4")
  void daysBeforeAreAListOfFallingNumbers() throws IOException {
    assertThat(load(MINIMAL).notices().daysBefore()).isEqualTo(new DaysBefore(List.of(30)));
    assertThat(load(MINIMAL + "notices:\n  days-before: 30,10, 3\n").notices().daysBefore())
        .isEqualTo(new DaysBefore(List.of(30, 10, 3)));
    assertThat(load(MINIMAL + "notices:\n  days-before: 7,0\n").notices().daysBefore())
        .isEqualTo(new DaysBefore(List.of(7, 0)));
  }

  @Test
  void environmentOverridesTheFile() throws IOException {
    Files.writeString(file, MINIMAL + "code:\n  per-day: 7\n");

    InkanConfig config =
        ConfigFile.load(
            file, Map.of("INKAN_CODE_PER_DAY", "9", "INKAN_WEB_PORT", "0", "HOME", "/root"));

    assertThat(config.code().perDay()).isEqualTo(9);
    assertThat(config.web().port()).isZero();
  }

  @Test
  void valuesAreTakenAsTheyStand() throws IOException {
    InkanConfig config = load(MINIMAL + "bank:\n  name: 'a ${HOME} \\ $1 # b'\n");

    assertThat(config.bank().name()).isEqualTo("a ${HOME} \\ $1 # b");
  }

  @Test
  void environmentVariableForNoKeyIsRefused() throws IOException {
    Files.writeString(file, MINIMAL);

    assertThatThrownBy(() -> ConfigFile.load(file, Map.of("INKAN_WEB_PRT", "1")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("environment variable INKAN_WEB_PRT: stands for no key");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          web.prt        | 8443                    | there is no such key; allowed: behind-gateway, host
          wbe            | x                       | there is no such key; allowed: a
          web            | x                       | is a section and takes no value
          web.port       | 84x3                    | "84x3" is not a whole number
          web.port       | 65536                   | 65536 is out of range; allowed: 0 to 65535
          web.port       | [1, 2]                  | is a list
          web.port       |                         | has no value
          web.proxies    | 10.0.0.0/8              | lists no addresses; allowed: 1-16 IP addresses
          web.proxies    | 127.0.0.1               | has no use where web.behind-gateway is none
          web.behind-gateway | http                | web.proxies: is missing, so that nobody
          web.behind-gateway | proxy               | allowed: none, http, https
          pfx.iterations | 9999                    | allowed: 10000 to 600000
          pfx.iterations | 600001                  | allowed: 10000 to 600000
          pfx.profile    | legacy                  | allowed: modern, compat
          pfx.include-root | yes                   | allowed: true or false
          password.argon2.memory-kib | 19455       | allowed: 19456 to
          authority.subscriber-key | rsa-1024      | allowed: rsa-3072, rsa-2048, p-256, p-384
          authority.policy-oid | 1.3.x             | allowed: an object identifier
          lockout.duration | 60                    | allowed: a duration such as 60m
          lockout.duration | 25h                   | PT25H is out of range; allowed: PT1M to PT24H
          bank.zone      | Asia/Tokio              | is not a time zone
          bank.name      | "a\\nb"                 | has not the right form
          node           | Node                    | is no node name
          mail.trust-file | keys/none.pem          | keys/none.pem does not exist
          mail.port      | 0                       | allowed: 1 to 65535
          database.url   | jdbc:h2:mem:x           | allowed: jdbc:h2:file:PATH or jdbc:postgresql:
          database.url   | jdbc:postgresql://h/d?password=x | holds a password
          database.url   | jdbc:postgresql://h,i:5433/d | names several hosts and does not say
          database.url   | jdbc:postgresql://h,i/d?targetServerType=any | names several hosts
          database.answer-timeout | 10s            | allowed: PT12S to PT10M
          certificate.renewal-window-days | 366    | allowed: 0 to 365
          notices.days-before | 10,30              | allowed: falling numbers of 0-365
          notices.days-before | 10,10              | allowed: falling numbers of 0-365
          notices.days-before | 366                | allowed: falling numbers of 0-365
          notices.days-before | 30,                | allowed: falling numbers of 0-365
          notices.days-before | 31,10              | nothing can be renewed yet; allowed: at most certi
          code.resend-after | 30m                  | leaves no time before PT30M
          mail.retry.first | 61m                   | allowed: PT0.1S to PT1H
          mail.retry.last | 1s                     | is shorter than mail.retry.first
          mail.security  | none                    | none would send codes in clear text to smtp.mihon
          mail.username  | inkan                   | mail.password-file: is missing beside its other
          audit.key-file | pkcs11:object=a         | token.library: is missing, and a key lives in a token
          audit.key-file | pkcs11:object=a         | token.pin-file: is missing, and a key lives in a token
          audit.key-file | pkcs11:a                | names no object of a token; allowed: a file's path, or pkcs11:
          audit.key-file | pkcs11:object=a;slot-id=1 | names no object of a token
          audit.key-file | pkcs11:object=a%20b     | names no object of a token
          audit.key-file | pkcs11:object=a;token=b | the token b is not the one in token.label
          token.library  | keys/none.so            | keys/none.so does not exist
          token.label    | 印鑑                    | has not the right form; allowed: 1-32 of ASCII
          database.url   | jdbc:h2:file:/x;AUTO_SERVER=TRUE | has options after a semicolon
          status.port    | 8443                    | status.port: 8443 is web.port as well
          admin.port     | 8080                    | admin.port: 8080 is status.port as well
          management.port | 9443                   | management.port: 9443 is admin.port as well
          authority.root-key-file | keys/issuing.p12 | is the file of authority.issuing-key-file as well
          status.responder-key-file | keys/../keys/audit.p12 | audit.key-file: .*is the file of status.responder-key-file
          journal.file   | keys/server.key         | is the file of secrets.server-key-file as well
          audit.passphrase-file | keys/tls.p12     | is the file of web.tls.key-file as well
          crl.folder     | keys                    | holds keys, passphrases or the journal, and is published
          crl.lifetime   | 17h                     | PT17H is less than three times crl.every
          database.pool-size | 2                   | allowed: 3 to 200
          authority.issuing-passphrase-file | credential:x | needs systemd, which hands this process no
          """)
  void refusesOneWrongValue(String key, String value, String says) throws IOException {
    String text = MINIMAL;
    int section = key.lastIndexOf('.');
    String top = section < 0 ? "" : key.substring(0, key.indexOf('.'));
    String line = key.substring(section + 1) + ": " + (value == null ? "" : value) + "\n";
    if (key.equals("web")) {
      text = text.replaceFirst("web:\n.*\n", "web: x\n");
    } else if (section < 0) {
      text += line;
    } else if (top.length() == section && text.contains(top + ":\n")) {
      text = text.replace(top + ":\n", top + ":\n  " + line);
    } else if (top.length() == section) {
      text += top + ":\n  " + line;
    } else if (text.contains(top + ":\n")) {
      String inner = key.substring(section - (section - top.length()) + 1, section);
      text = text.replace(top + ":\n", top + ":\n  " + inner + ":\n    " + line);
    } else {
      text += top + ":\n  " + key.substring(top.length() + 1, section) + ":\n    " + line;
    }

    assertThat(refused(text))
        .anySatisfy(problem -> assertThat(problem).containsPattern(literally(says)));
    assertThat(refused(text))
        .allSatisfy(
            problem -> {
              assertThat(problem).startsWith(file.toString());
              assertThat(problem).contains("; to mend: ");
            });
  }

  @Test
  @Tag("S18")
  void aKeyInATokenNeedsNoPassphraseFile() throws IOException {
    secret("keys/token.pin", "1234");
    Files.delete(folder.resolve("keys/issuing.p12"));
    Files.delete(folder.resolve("keys/issuing.passphrase"));
    String token =
        "token:\n  library: keys/root.cer\n  label: my token\n  pin-file: keys/token.pin\n";
    String place = "authority:\n  issuing-key-file: pkcs11:object=inkan-issuing";

    InkanConfig config = load(MINIMAL + place + ";token=my%20token\n" + token);

    assertThat(config.authority().issuingKeyFile())
        .isInstanceOf(KeyPlace.InToken.class)
        .hasToString("pkcs11:token=my token;object=inkan-issuing");
    assertThat(
            refused(
                MINIMAL + place + "\naudit:\n  key-file: pkcs11:object=inkan-issuing\n" + token))
        .singleElement()
        .asString()
        .contains("is the key of audit.key-file");
  }

  @Test
  void listsEveryProblemWithItsLine() throws IOException {
    String text = MINIMAL.replace("https:", "http:") + "node: A\nlockout:\n  locks: 0\n";

    assertThat(refused(text)).hasSize(2);
    assertThat(refused(text).get(0)).startsWith(file + ":8: node: ");
    assertThat(refused(text).get(1)).startsWith(file + ":10: lockout.locks: ");
    assertThat(refused(MINIMAL.replace("https:", "http:")))
        .singleElement()
        .asString()
        .startsWith(file + ":2: web.public-url: ");
  }

  private static String literally(String says) {
    return Pattern.quote(says).replace(".*", "\\E.*\\Q");
  }

  @Test
  @Tag("S11")
  @DisplayName("Unknown keys, files that are missing and contradictions are told all at once")
  void allAtOnce() throws IOException {
    Files.delete(folder.resolve("keys/root.cer"));
    String text =
        MINIMAL.replace("status:", "status:\n  prot: 1\n  port: 8443")
            + "crl:\n  lifetime: 6h\nauthority:\n  root-key-file: keys/issuing.p12\n";

    assertThat(refused(text))
        .hasSize(5)
        .anySatisfy(it -> assertThat(it).contains("status.prot: there is no such key"))
        .anySatisfy(it -> assertThat(it).contains("status.port: 8443 is web.port as well"))
        .anySatisfy(it -> assertThat(it).contains("keys/root.cer does not exist"))
        .anySatisfy(it -> assertThat(it).contains("crl.lifetime: PT6H is less than"))
        .anySatisfy(it -> assertThat(it).contains("authority.root-key-file: "));
  }

  @Test
  @DisplayName("One port is two where hosts differ; any free port and one passphrase collide never")
  void noContradictions() throws IOException {
    assertThat(
            load(MINIMAL.replace("status:", "status:\n  host: 192.0.2.1\n  port: 8443")
                    + "admin:\n  port: 0\nmanagement:\n  port: 0\n"
                    + "audit:\n  passphrase-file: keys/tls.passphrase\n")
                .status()
                .port())
        .isEqualTo(8443);
    assertThat(refused(MINIMAL.replace("status:", "status:\n  host: 0.0.0.0\n  port: 9443")))
        .singleElement()
        .asString()
        .contains("admin.port: 9443 is status.port as well");
  }

  @Test
  void missingKeysAreNamed() throws IOException {
    assertThat(refused("node: a\n"))
        .hasSize(4)
        .allSatisfy(problem -> assertThat(problem).contains("is missing"))
        .anySatisfy(problem -> assertThat(problem).contains("web.public-url"));
    assertThat(refused("")).hasSize(4);
  }

  @Test
  void statusAddressMustBePlainHttp() throws IOException {
    assertThat(refused(MINIMAL.replace("http://status", "https://status")))
        .singleElement()
        .asString()
        .contains("status.base-url");
  }

  @Test
  void formOfTheFile() throws IOException {
    assertThat(refused(MINIMAL + "code:\n\tper-day: 7\n"))
        .containsExactly(
            file + ":9: there is a tab; allowed: spaces; to mend: replace it by two spaces");
    assertThat(refused(MINIMAL + "node: a\nnode: b\n").get(0))
        .contains(":9: node: is there twice, first in line 8");
    assertThat(refused("web: [\n").get(0)).contains("this is not YAML");
    assertThat(refused("- a\n").get(0)).contains("this is not a mapping");
    assertThat(refused("web: &x\n  tls: *x\n").get(0))
        .contains("this is not YAML")
        .contains("anchors");
    Files.write(file, new byte[] {'a', ':', (byte) 0xff});
    assertThat(refused().get(0)).contains("it is not UTF-8");
    Files.delete(file);
    assertThat(refused().get(0)).contains(file + ": there is no such file");
    Files.createDirectory(file);
    assertThat(refused().get(0)).contains("it cannot be read");
  }

  @Test
  @Tag("S5")
  void secretFilesAreTheirOwnersAlone() throws IOException {
    open("keys/server.key", "rw-r-----");
    assertThat(refused(MINIMAL).get(0))
        .contains("secrets.server-key-file: the file ")
        .contains("can be read or written by others than its owner (chmod 600 it)");
    open("keys/server.key", "r--------");
    secret("keys/tls.passphrase", "\n");
    assertThat(refused(MINIMAL).get(0)).contains("web.tls.passphrase-file").contains("is empty");
    Files.delete(folder.resolve("keys/tls.passphrase"));
    assertThat(refused(MINIMAL).get(0)).contains("does not exist");
  }

  @Test
  void beforeInitItsFilesMayBeMissing() throws IOException {
    for (String name : List.of("tls.p12", "issuing.passphrase", "root.cer", "server.key")) {
      Files.delete(folder.resolve("keys").resolve(name));
    }
    Files.writeString(file, MINIMAL);

    assertThat(ConfigFile.loadForInit(file, Map.of()).web().port()).isEqualTo(8443);
    assertThatThrownBy(() -> ConfigFile.load(file, Map.of()))
        .isInstanceOf(ConfigurationException.class);
  }

  @Test
  void exampleLoadsAndExplainsEveryKeyWithItsDefault() throws IOException {
    String text = Files.readString(EXAMPLE);
    Files.writeString(file, text);
    ConfigFile.load(file, Map.of());

    String whole = text.replaceAll("(?m)^( *)#  (?=[a-z])", "$1");
    YamlSource all = YamlSource.read("example", whole);
    assertThat(all.problems()).isEmpty();
    assertThat(new TreeSet<>(all.values().keySet()))
        .isEqualTo(new TreeSet<>(ConfigFile.keys().stream().map(ConfigKey::name).toList()));
    List<String> lines = whole.lines().toList();
    for (ConfigKey key : ConfigFile.keys()) {
      YamlSource.Value value = Objects.requireNonNull(all.values().get(key.name()), key.name());
      assertThat(lines.get(value.origin().line() - 2).strip()).as(key.name()).startsWith("# ");
      key.defaultValue().ifPresent(said -> assertThat(value.text()).as(key.name()).isEqualTo(said));
    }
  }

  @Test
  void everyKeyHasItsOwnEnvironmentVariable() {
    assertThat(ConfigFile.keys().stream().map(ConfigKey::environmentVariable))
        .doesNotHaveDuplicates()
        .contains("INKAN_MAIL_RETRY_FIRST");
  }

  @Test
  void secretFileReadsKeysAndPassphrases() throws IOException {
    SecretFile key = secret("k", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\r\n");
    assertThat(key.key()).hasSize(32).startsWith(0, 1, 2);
    assertThatThrownBy(() -> secret("s", "AAEC\n").key()).hasMessageContaining("not 32");
    assertThatThrownBy(() -> secret("b", "*\n").key()).hasMessageContaining("is not base64");
    assertThatThrownBy(() -> secret("u", "印\n").passphrase())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("printable ASCII")
        .hasMessageNotContaining("印");
    assertThat(secret("t", "a b\n\n").octets())
        .isEqualTo("a b\n".getBytes(StandardCharsets.US_ASCII));
  }

  private InkanConfig load(String text) throws IOException {
    Files.writeString(file, text);
    return ConfigFile.load(file, Map.of());
  }

  private List<String> refused(String text) throws IOException {
    Files.writeString(file, text);
    return refused();
  }

  private List<String> refused() {
    ConfigurationException refusal =
        catchThrowableOfType(ConfigurationException.class, () -> ConfigFile.load(file, Map.of()));
    assertThat(refusal).isNotNull();
    return refusal.problems();
  }

  private SecretFile secret(String name, String text) throws IOException {
    Path path = Files.writeString(folder.resolve(name), text);
    open(name, "rw-------");
    return new SecretFile(path);
  }

  private void open(String name, String mode) throws IOException {
    Files.setPosixFilePermissions(folder.resolve(name), PosixFilePermissions.fromString(mode));
  }
}
