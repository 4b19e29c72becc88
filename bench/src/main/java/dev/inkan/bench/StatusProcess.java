package dev.inkan.bench;

import dev.inkan.core.certificate.Pem;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.key.Passphrase;
import dev.inkan.server.http.status.StatusListener;
import dev.inkan.server.status.OcspDesk;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/**
 * The status listener as {@code serve} starts it, over a ledger in memory. Into the folder that is
 * its first argument it writes what clients ask and what peers need to answer the same; it listens
 * on the port that is its second.
 */
public final class StatusProcess {

  private static final int CERTIFICATES = 1_000;
  private static final int CONNECTIONS = 1_000;
  private static final Duration AS_DELIVERED = Duration.ofSeconds(60);

  private final Path folder;
  private final BenchPki pki = new BenchPki();
  private final OcspScene scene = new OcspScene(pki, CERTIFICATES);

  private StatusProcess(Path folder) {
    this.folder = folder;
  }

  /** Runs until it is killed. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    StatusProcess process = new StatusProcess(Path.of(arguments[0]));
    process.writeQuestions();
    process.writeForPeers();
    process.listen(Integer.parseInt(arguments[1]));
    new CountDownLatch(1).await();
  }

  private static String path(byte[] question) {
    String base64 = Base64.getEncoder().encodeToString(question);
    return URLEncoder.encode(base64, StandardCharsets.US_ASCII);
  }

  private void listen(int port) {
    StatusListener listener =
        new StatusListener(
            "127.0.0.1",
            port,
            StatusListener.limits(CONNECTIONS),
            scene.desk(AS_DELIVERED),
            List.of(),
            Clock.systemUTC());
    listener.start();
  }

  private void writeQuestions() throws IOException {
    write("cached", scene.questions(false));
    write("fresh", scene.questions(true));
  }

  private void write(String name, List<byte[]> questions) throws IOException {
    List<String> gets = new ArrayList<>();
    List<String> posts = new ArrayList<>();
    for (byte[] question : questions) {
      gets.add("GET /ocsp/" + path(question));
      posts.add("POST /ocsp " + HexFormat.of().formatHex(question));
    }
    Files.write(folder.resolve(name + ".get"), gets);
    Files.write(folder.resolve(name + ".post"), posts);
    // The same at the root, where cfssl and openssl want them.
    Files.write(
        folder.resolve(name + ".root-post"),
        posts.stream().map(it -> it.replace(" /ocsp ", " / ")).toList());
  }

  private void writeForPeers() throws IOException {
    OcspDesk desk = scene.desk(Duration.ofDays(1));
    List<String> responses = new ArrayList<>();
    for (byte[] question : scene.questions(false)) {
      responses.add(Base64.getEncoder().encodeToString(desk.answer(question).octets()));
    }
    Files.write(folder.resolve("responses"), responses);
    Files.write(folder.resolve("index.txt"), index());
    Files.writeString(
        folder.resolve("issuing.pem"), Pem.certificates(List.of(pki.issuing().certificate())));
    try (Passphrase passphrase = Passphrase.copyOf("bench".toCharArray())) {
      Files.write(
          folder.resolve("responder.p12"), scene.responder().toPkcs12(passphrase).toByteArray());
    }
  }

  /**
   * What {@code openssl ca} writes of certificates: status, end, revocation, number, file, name.
   */
  private List<String> index() {
    List<String> lines = new ArrayList<>();
    List<SerialNumber> serials = scene.serials();
    for (int i = 0; i < serials.size(); i++) {
      boolean revoked = OcspScene.isRevoked(i);
      lines.add(
          String.join(
              "\t",
              revoked ? "R" : "V",
              "361231235959Z",
              revoked ? "261101000000Z,keyCompromise" : "",
              serials.get(i).toString().toUpperCase(Locale.ROOT),
              "unknown",
              "/CN=bench " + i));
    }
    return lines;
  }
}
