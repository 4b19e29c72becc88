package dev.inkan.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.core.api.ProblemType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who calls whom, and every way in which that comes to nothing. */
@Tag("D5")
class ConnectionTest extends CliTest {

  private static final String[] LIST = {"crl", "show"};

  private Run runWithout(String option, String... instead) {
    List<String> arguments = connected(LIST);
    int at = arguments.indexOf(option);
    arguments.remove(at);
    arguments.remove(at);
    arguments.addAll(List.of(instead));
    return runWith(new FakeTerminal(false), arguments);
  }

  @ParameterizedTest
  @CsvSource({
    "malformed-request,400,2",
    "invalid-value,422,2",
    "not-an-operator,403,4",
    "credential-expired,403,4",
    "credential-revoked,403,4",
    "operator-disabled,403,4",
    "role-missing,403,4",
    "own-request,403,4",
    "second-operator-required,403,4",
    "not-found,404,3",
    "method-not-allowed,405,2",
    "wrong-state,409,4",
    "taken,409,4",
    "too-large,413,2",
    "unsupported-media,415,2",
    "header-too-large,431,2",
    "failed,500,1",
    "not-served-here,501,4",
    "busy,503,1",
    "unavailable,503,1",
    "a-newer-one,409,4",
    "a-newer-one,500,1"
  })
  void everyRefusalHasItsExitStatus(String type, int status, int exit) {
    api.on("GET /crls", it -> FakeApi.Answer.problem(type, status, "no", "do that"));

    Run run = run(LIST);

    assertThat(run.status()).isEqualTo(exit);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("error: no").endsWith("try: do that\n");
  }

  @Test
  void everyTypeOfRefusalIsTried() throws NoSuchMethodException {
    CsvSource tried =
        ConnectionTest.class
            .getDeclaredMethod("everyRefusalHasItsExitStatus", String.class, int.class, int.class)
            .getAnnotation(CsvSource.class);

    assertThat(ProblemType.values())
        .allSatisfy(
            type ->
                assertThat(tried.value())
                    .anyMatch(it -> type.uri().endsWith(":" + it.substring(0, it.indexOf(",")))));
  }

  @Test
  void wrongFieldsAreNamed() {
    api.on(
        "GET /crls",
        it ->
            new FakeApi.Answer(
                422,
                "application/problem+json; charset=utf-8",
                """
                {"type":"urn:inkan:problem:invalid-value","title":"t","status":422,
                 "detail":"two fields are wrong","requestNumber":"r-1","tryNext":[],
                 "fields":[{"field":"a","wrong":"is empty"},{"field":"b","wrong":"is long"}]}"""));

    assertThat(run(LIST).err())
        .isEqualTo("error: two fields are wrong\n  a is empty\n  b is long\n");
  }

  @Test
  void aServerThatIsDownIsNotReachable() throws IOException {
    String free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = "https://127.0.0.1:" + socket.getLocalPort();
    }

    Run run = runWithout("--server", "--server", free);

    assertThat(run.status()).isEqualTo(5);
    assertThat(run.err()).contains("nothing answers at " + free, "try: check --server");
  }

  @Test
  void aHostThatDoesNotExistIsNotReachable() {
    Run run = runWithout("--server", "--server", "https://nowhere.invalid:9443");

    assertThat(run.status()).isEqualTo(5);
    assertThat(run.err()).contains("no host is called nowhere.invalid");
  }

  @Test
  void aServerThatSaysNothingIsGivenUp() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Run run =
          runWithout(
              "--server",
              "--server",
              "https://127.0.0.1:" + silent.getLocalPort(),
              "--timeout",
              "1");

      assertThat(run.status()).isEqualTo(5);
      assertThat(run.err()).contains("did not answer within 1 s", "before you repeat it");
    }
  }

  @Test
  @DisplayName("D5: a server of another CA is not trusted, though it takes our certificate")
  void untrustedServer() throws Exception {
    Path stranger = new TestCredentials("Root").root(folder.resolve("stranger.pem"));

    List<String> arguments = connected(LIST);
    arguments.addAll(List.of("--trust", stranger.toString()));
    Run run = runWith(new FakeTerminal(false), arguments);

    assertThat(run.status()).isEqualTo(5);
    assertThat(run.err()).contains("does not come from the root that is trusted", "--trust");
    assertThat(api.calls()).isEmpty();
  }

  @Test
  @DisplayName("D5: the host name in the server's certificate must be the one that was called")
  void wrongHostName() {
    Run run = runWithout("--server", "--server", api.url().replace("127.0.0.1", "localhost"));

    assertThat(run.status()).isEqualTo(5);
    assertThat(run.err()).contains("is not for localhost");
    assertThat(api.calls()).isEmpty();
  }

  @Test
  @DisplayName("D5: another CA's credential does not get in")
  void foreignCredential() throws Exception {
    TestCredentials foreign = new TestCredentials("Root");
    Path root = folder.resolve("root.pem");
    Path other = foreign.operator(folder.resolve("other.p12"), "mallory");
    rootOfTheServer(root);

    Run run =
        runWithout("--credential", "--credential", other.toString(), "--trust", root.toString());

    assertThat(run.status()).isEqualTo(5);
    assertThat(run.err()).containsPattern("does not take the credential|broke off");
    assertThat(api.calls()).isEmpty();
  }

  @Test
  void theRootInTheCredentialIsEnough() {
    api.on("GET /crls", Answers.page(Answers.CRL));

    assertThat(run(LIST).status()).isZero();
  }

  @Test
  void aWrongPasswordIsSaidAndNeverPrinted() {
    List<String> arguments = connected(LIST);
    int at = arguments.indexOf("--password-file");
    arguments.subList(at, at + 2).clear();
    Run run = runIn(Map.of("INKAN_PASSWORD", "wrong-secret"), new FakeTerminal(false), arguments);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("the password does not open").doesNotContain("wrong-secret");
  }

  @Test
  void thePasswordComesFromTheEnvironmentOrAQuestion() {
    api.on("GET /crls", Answers.page(Answers.CRL));
    List<String> arguments = connected(LIST);
    int at = arguments.indexOf("--password-file");
    arguments.subList(at, at + 2).clear();

    Run fromEnvironment =
        runIn(
            Map.of("INKAN_PASSWORD", TestCredentials.PASSWORD), new FakeTerminal(false), arguments);
    Run typed = runWith(new FakeTerminal(false, TestCredentials.PASSWORD), arguments);
    Run nobody = runWith(new FakeTerminal(false), arguments);

    assertThat(fromEnvironment.status()).isZero();
    assertThat(typed.status()).isZero();
    assertThat(typed.err()).isEqualTo("Password of kimura.p12: ");
    assertThat(nobody.status()).isEqualTo(2);
    assertThat(nobody.err()).contains("nobody to ask for the password", "--password-file");
  }

  @Test
  void aPasswordFileThatOthersCanReadIsRefused() throws IOException {
    Path open = Files.writeString(folder.resolve("open"), TestCredentials.PASSWORD);
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));

    Run run = runWithout("--password-file", "--password-file", open.toString());

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("can be read or written by others", "try: chmod 600");
  }

  @Test
  void whatIsNoCredentialIsSaid() throws IOException {
    Path text = Files.writeString(folder.resolve("text.p12"), "hello");

    assertThat(runWithout("--credential", "--credential", text.toString()).err())
        .contains("is no PKCS#12 file");
    assertThat(runWithout("--credential", "--credential", "/nowhere.p12").err())
        .contains("the credential /nowhere.p12 cannot be read");
    Run none = runWithout("--credential");
    assertThat(none.status()).isEqualTo(2);
    assertThat(none.err()).contains("no credential: who calls?", "admin.conf");
  }

  @Test
  void theConfigurationFileSaysItAllRelativeToItself() throws IOException {
    api.on("GET /crls", Answers.page(Answers.CRL));
    Path conf = Files.createDirectories(folder.resolve(".config/inkan")).resolve("admin.conf");
    Files.copy(credential, conf.resolveSibling("me.p12"));
    Files.copy(
        passwordFile,
        conf.resolveSibling("me.txt"),
        java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
    Files.writeString(
        conf, "server = " + api.url() + "\ncredential = me.p12\npassword-file = me.txt\n");

    assertThat(runWith(new FakeTerminal(false), List.of(LIST)).status()).isZero();

    Files.writeString(conf, "sever = x\n");
    Run wrong = runWith(new FakeTerminal(false), List.of(LIST));
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err()).contains("a line «sever» that means nothing", "server");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:9443", "https://", "::", "ftp://x"})
  void whatIsNoAddressIsSaid(String address) {
    Run run = runWithout("--server", "--server", address);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("is no address of an admin API");
  }

  @Test
  void whatIsNotInkanIsSaid() {
    api.on("GET /crls", it -> new FakeApi.Answer(502, "text/html", "<html>Bad gateway</html>"));
    assertThat(run(LIST).err()).contains("cannot be understood (status 502 and text/html)");

    api.on("GET /crls", "{\"items\":[{\"kind\":\"UNHEARD\"}]}");
    Run run = run(LIST);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("unknown CrlKind: UNHEARD", "as new as the server");
  }

  private static void rootOfTheServer(Path file) throws Exception {
    credentials().root(file);
  }
}
